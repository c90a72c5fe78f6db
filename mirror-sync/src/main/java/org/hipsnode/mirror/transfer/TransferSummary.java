package org.hipsnode.mirror.transfer;

/**
 * What became of all.
 *
 * @param bytes of the files that were stored
 * @param requests that were sent, tries included
 */
public record TransferSummary(long stored, long unchanged, long missing, long failed, long bytes, long requests) {
    public static final TransferSummary NONE = new TransferSummary(0, 0, 0, 0, 0, 0);

    /** Returns the summary with one more arrival. */
    TransferSummary with(Arrival arrival) {
        if (arrival instanceof Arrival.Stored file) {
            return new TransferSummary(
                    stored + 1,
                    unchanged,
                    missing,
                    failed,
                    bytes + file.record().bytes(),
                    requests);
        }
        if (arrival instanceof Arrival.Unchanged) {
            return new TransferSummary(stored, unchanged + 1, missing, failed, bytes, requests);
        }
        return arrival instanceof Arrival.Missing
                ? new TransferSummary(stored, unchanged, missing + 1, failed, bytes, requests)
                : new TransferSummary(stored, unchanged, missing, failed + 1, bytes, requests);
    }

    /** Returns the summary with this number of requests. */
    TransferSummary of(long number) {
        return new TransferSummary(stored, unchanged, missing, failed, bytes, number);
    }
}
