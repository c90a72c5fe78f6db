package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JVM says nothing of a method that it cannot find, so the names in the launcher are compared with the code. */
class HotLoopsTest {
    private static final Path LAUNCHER = Path.of("..", "hipsnode");
    private static final Pattern METHODS =
            Pattern.compile("'?([a-z][\\w.$]+\\.[A-Z][\\w$]*)'?::(?:\\{([\\w,]+)}|(\\w+))");

    @Test
    void methodsThatTheLauncherNamesAreThere() throws IOException, ClassNotFoundException {
        Matcher names = METHODS.matcher(Files.readString(LAUNCHER));
        List<String> found = new ArrayList<>();
        while (names.find()) {
            List<String> methods = Arrays.stream(
                            Class.forName(names.group(1), false, getClass().getClassLoader())
                                    .getDeclaredMethods())
                    .map(Method::getName)
                    .toList();
            String asked = names.group(2) == null ? names.group(3) : names.group(2);
            found.addAll(Arrays.asList(asked.split(",")));
            assertThat(methods).as(names.group(1)).contains(asked.split(","));
        }
        assertThat(found)
                .contains("implCompressMultiBlock", "bilinear", "layPiece", "addFloats")
                .hasSizeGreaterThan(15);
    }
}
