package org.hipsnode.benchmarks;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.source.HealpixMap;
import org.hipsnode.generate.source.HealpixMapFile;
import org.hipsnode.generate.source.PlainMap;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** All tiles of 256 × 256 pixels of a float map of nside 1024, 12.6 million pixels, from the page cache into tiles. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GatherBenchmark {
    private static final int MAP_ORDER = 10;
    private static final int WIDTH = 256;
    private static final int TILE_ORDER = 2;

    @Param({"RING", "NESTED"})
    String ordering = "RING";

    private final byte[] tile = new byte[4 * WIDTH * WIDTH];
    private Path file;
    private HealpixMapFile opened;
    private HealpixMap map;

    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("benchmark", ".fits");
        long pixels = 12L << (2 * MAP_ORDER);
        Random noise = new Random(1);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.write(PlainMap.primaryHeader());
            byte[] header = PlainMap.tableHeader(
                    PixelType.FLOAT32, MAP_ORDER, Frame.GALACTIC, 1024, "V", cards -> {}, cards -> {});
            // values are of the same length, so the card keeps its place
            out.write(new String(header, StandardCharsets.US_ASCII)
                    .replace("'NESTED  '", ordering.equals("RING") ? "'RING    '" : "'NESTED  '")
                    .getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; i < pixels; i++) {
                out.writeFloat(noise.nextFloat());
            }
            out.write(new byte[2880]);
        }
        opened = HealpixMapFile.open(file, new Warnings());
        map = opened.choose(new HealpixMapFile.Selection(OptionalInt.empty(), Optional.empty(), Optional.empty()))
                .map();
    }

    @Benchmark
    public Object everyTile() throws IOException {
        for (int i = 0; i < 12 << (2 * TILE_ORDER); i++) {
            map.read(new TileAddress(TILE_ORDER, i), WIDTH, tile);
        }
        return tile;
    }

    @TearDown
    public void delete() throws IOException {
        map.close();
        opened.close();
        Files.delete(file);
    }
}
