package org.hipsnode.serve.measure;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The metrics of a server, as Prometheus reads them. */
public final class ServerMetrics {
    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<RequestCounts> loops = new CopyOnWriteArrayList<>();

    public ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        prometheus.register(this::requests);
        prometheus.register(this::latency);
        counter("hipsnode.sent.bytes", "Bytes of response bodies", this, m -> m.sum(RequestCounts::bytes));
    }

    /** Returns the counts for one more event loop. */
    public RequestCounts loop() {
        RequestCounts counts = new RequestCounts();
        loops.add(counts);
        return counts;
    }

    /** Adds a number that only rises. */
    public <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).description(description).register(registry);
    }

    /** Adds a number that rises and falls. */
    public <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /**
     * A number for one of some things.
     *
     * @param labels by which it is told from the others
     */
    public record Reading(Map<String, String> labels, double value) {
        public Reading {
            labels = Map.copyOf(labels);
        }
    }

    /** Adds numbers that only rise, one for each of some things; the name is without ending. */
    public void counters(String name, String description, Supplier<List<Reading>> readings) {
        registry.getPrometheusRegistry().register(() -> {
            CounterSnapshot.Builder snapshot =
                    CounterSnapshot.builder().name(name).help(description);
            readings.get()
                    .forEach(reading -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(labels(reading))
                            .value(reading.value())
                            .build()));
            return snapshot.build();
        });
    }

    /** Adds numbers that rise and fall, one for each of some things. */
    public void gauges(String name, String description, Supplier<List<Reading>> readings) {
        registry.getPrometheusRegistry().register(() -> {
            GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(description);
            readings.get()
                    .forEach(reading -> snapshot.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(labels(reading))
                            .value(reading.value())
                            .build()));
            return snapshot.build();
        });
    }

    private static Labels labels(Reading reading) {
        List<String> names = reading.labels().keySet().stream().sorted().toList();
        return Labels.of(
                names,
                names.stream()
                        .map(name -> reading.labels().getOrDefault(name, ""))
                        .toList());
    }

    /** Returns all metrics in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    private long sum(ToLongFunction<RequestCounts> of) {
        return loops.stream().mapToLong(of).sum();
    }

    private CounterSnapshot requests() {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder()
                .name("hipsnode_requests")
                .help("Requests that were answered, by what they were for and the status of the answer");
        for (Kind kind : Kind.values()) {
            for (int status = 0; status < RequestCounts.STATUSES; status++) {
                int code = status;
                long count = sum(loop -> loop.requests(kind, code));
                if (count > 0) {
                    snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(Labels.of("kind", kind.label(), "status", Integer.toString(status)))
                            .value((double) count)
                            .build());
                }
            }
        }
        return snapshot.build();
    }

    private HistogramSnapshot latency() {
        List<Double> bounds = new ArrayList<>();
        List<Number> counts = new ArrayList<>();
        for (int i = 0; i <= RequestCounts.BOUNDS.length; i++) {
            int bucket = i;
            bounds.add(i < RequestCounts.BOUNDS.length ? RequestCounts.BOUNDS[i] / NANOS : Double.POSITIVE_INFINITY);
            counts.add(sum(loop -> loop.latencies(bucket)));
        }
        return HistogramSnapshot.builder()
                .name("hipsnode_request_seconds")
                .help("Time from a request's arrival until its answer was handed to the system")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                        .sum(sum(RequestCounts::nanos) / NANOS)
                        .build())
                .build();
    }
}
