package org.hipsnode.serve.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.properties.HipsProperties;

/**
 * Another place where a survey can be had, as its own keywords tell (standards.md §2.3).
 *
 * @param status words of {@code hips_status} there; empty if not said
 */
public record Copy(WebAddress address, String status) {
    private static final int MOST = 100;

    /** Returns the places, the first being where it says it is at home; readers stop at the first number that is missing. */
    public static List<Copy> of(HipsProperties list) {
        List<Copy> copies = new ArrayList<>();
        add(copies, list.value("hips_master_url"), "");
        add(copies, list.value("hips_service_url"), "");
        for (int i = 1; i <= MOST && list.value("hips_service_url_" + i).isPresent(); i++) {
            add(
                    copies,
                    list.value("hips_service_url_" + i),
                    list.value("hips_status_" + i).orElse(""));
        }
        return copies;
    }

    private static void add(List<Copy> copies, Optional<String> url, String status) {
        url.flatMap(WebAddress::parse)
                .filter(address -> copies.stream().noneMatch(c -> c.address.equals(address)))
                .ifPresent(address -> copies.add(new Copy(address, status)));
    }
}
