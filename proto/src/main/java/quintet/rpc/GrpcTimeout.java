package quintet.rpc;

import java.util.concurrent.TimeUnit;

/** The value of the {@code grpc-timeout} header: up to eight digits and a unit, such as {@code 235158u}. */
final class GrpcTimeout {
    private GrpcTimeout() {}

    /** Returns the time-out in nanoseconds; a value that is no time-out is as good as none and gives the maximum. */
    static long nanos(String header) {
        int digits = header.length() - 1;
        if (digits < 1 || digits > 8) {
            return Long.MAX_VALUE;
        }
        TimeUnit unit = switch (header.charAt(digits)) {
            case 'n' -> TimeUnit.NANOSECONDS;
            case 'u' -> TimeUnit.MICROSECONDS;
            case 'm' -> TimeUnit.MILLISECONDS;
            case 'S' -> TimeUnit.SECONDS;
            case 'M' -> TimeUnit.MINUTES;
            case 'H' -> TimeUnit.HOURS;
            default -> null;
        };
        try {
            return unit == null ? Long.MAX_VALUE : unit.toNanos(Long.parseUnsignedLong(header, 0, digits, 10));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
