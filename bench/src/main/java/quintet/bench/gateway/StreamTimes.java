package quintet.bench.gateway;

/** When the tokens of one stream left the server and came to the client, all on one clock. */
final class StreamTimes {
    private static final double MS = 1e6;

    private final long sent;
    private final long arrived;
    private final double stagesMs;
    private final long[] left;
    private final long[] came;

    /**
     * Takes the times, in nanoseconds.
     *
     * @param sent when the request was sent
     * @param arrived when the server had it
     * @param stagesMs time that search and re-ranking took in between, in milliseconds
     * @param left when each token left the server
     * @param came when each token came to the client
     */
    StreamTimes(long sent, long arrived, double stagesMs, long[] left, long[] came) {
        this.sent = sent;
        this.arrived = arrived;
        this.stagesMs = stagesMs;
        this.left = left;
        this.came = came;
    }

    int tokens() {
        return left.length;
    }

    /** Returns the time to the first token without the server's own, in milliseconds: the way there and the way back. */
    double firstTokenMs() {
        return (arrived - sent + came[0] - left[0]) / MS;
    }

    /** Returns the same without search and re-ranking. */
    double firstTokenWithoutStagesMs() {
        return firstTokenMs() - stagesMs;
    }

    /** Returns how much longer or shorter the gap before a token came out than it went in, in milliseconds. */
    double jitterMs(int token) {
        return Math.abs((came[token] - came[token - 1]) - (left[token] - left[token - 1])) / MS;
    }

    long firstSent() {
        return sent;
    }

    long lastCame() {
        return came[came.length - 1];
    }
}
