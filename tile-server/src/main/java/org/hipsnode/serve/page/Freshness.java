package org.hipsnode.serve.page;

import java.time.Duration;
import java.util.Optional;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.serve.describe.Origin;
import org.hipsnode.serve.text.Markup;

/** How far a mirror is behind its origin, as far as it knew when it last asked. */
final class Freshness {
    private Freshness() {}

    /** Returns when the origin was last asked, to the minute. */
    static Optional<String> asked(Origin origin) {
        return origin.asked().flatMap(HipsDate::parse).map(date -> {
            String text = date.toString();
            return "<time datetime=\"" + text + "\">" + text.replace('T', ' ').replace("Z", " UTC") + "</time>";
        });
    }

    /** Returns the release that the origin had then. */
    static Optional<String> released(Origin origin) {
        return origin.releaseDate()
                .map(text ->
                        HipsDate.parse(text).map(Html::date).orElseGet(() -> Markup.escape(Markup.cut(text, 100))));
    }

    /** Returns how much older the release here is; empty if one has no date. */
    static Optional<String> lag(Origin origin, Optional<HipsDate> here) {
        Optional<HipsDate> there = origin.releaseDate().flatMap(HipsDate::parse);
        if (there.isEmpty() || here.isEmpty()) {
            return Optional.empty();
        }
        Duration behind = Duration.between(here.get().utc(), there.get().utc());
        return Optional.of(
                behind.compareTo(Duration.ZERO) <= 0
                        ? "none when the origin was last asked"
                        : words(behind) + " behind");
    }

    private static String words(Duration time) {
        long days = time.toDays();
        if (days > 0) {
            return days + (days == 1 ? " day" : " days");
        }
        long hours = Math.max(1, time.toHours());
        return hours + (hours == 1 ? " hour" : " hours");
    }
}
