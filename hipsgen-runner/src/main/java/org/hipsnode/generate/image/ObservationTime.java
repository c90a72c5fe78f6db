package org.hipsnode.generate.image;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipsnode.fits.FitsHeader;

/**
 * When an image was taken, in days of MJD.
 *
 * @param start in days of MJD
 * @param end in days of MJD; the same where the header tells no end
 */
record ObservationTime(double start, double end) {
    private static final LocalDate MJD_ZERO = LocalDate.of(1858, 11, 17);
    private static final double SECONDS_OF_DAY = 86400;

    /** Finds the time in MJD-OBS, else DATE-OBS, and its end in MJD-END, DATE-END or EXPTIME (FITS 4.0 §9.5). */
    static Optional<ObservationTime> of(FitsHeader header) {
        OptionalDouble start = time(header, "MJD-OBS", "DATE-OBS");
        if (start.isEmpty()) {
            return Optional.empty();
        }
        double begin = start.getAsDouble();
        OptionalDouble told = time(header, "MJD-END", "DATE-END");
        double end = told.orElse(begin + Math.max(0, header.number("EXPTIME", 0)) / SECONDS_OF_DAY);
        return Optional.of(new ObservationTime(begin, Math.max(begin, end)));
    }

    private static OptionalDouble time(FitsHeader header, String mjd, String date) {
        OptionalDouble number = header.number(mjd);
        if (number.isPresent() && number.getAsDouble() > 0 && number.getAsDouble() < 1e6) {
            return number;
        }
        return header.text(date).map(ObservationTime::mjd).orElse(OptionalDouble.empty());
    }

    /** Reads a date with or without a time; the old form with years of two digits is left out. */
    private static OptionalDouble mjd(String text) {
        try {
            LocalDateTime time = text.contains("T")
                    ? LocalDateTime.parse(text.replaceAll("Z$", ""))
                    : LocalDate.parse(text).atStartOfDay();
            Duration since = Duration.between(MJD_ZERO.atStartOfDay(), time);
            return OptionalDouble.of(since.toNanos() / 1e9 / SECONDS_OF_DAY);
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalDouble.empty();
        }
    }
}
