package org.hipsnode;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Other people's programs that some tests compare with: needed in CI, missed elsewhere. */
public final class Required {
    private Required() {}

    /** Skips the test, saying so, where a program is missing; fails it in CI, which installs all of them. */
    public static void tool(boolean present, String name) {
        if (!present && "true".equals(System.getenv("CI"))) {
            fail(name + " is missing, which CI must have");
        }
        assumeTrue(present, name + " is not installed: this test was skipped");
    }
}
