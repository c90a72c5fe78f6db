package org.hipsnode.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A program in a jar that behaves towards us as Hipsgen does, for good or bad: it "makes" a survey that is ready. */
public final class FakeAladin {
    private FakeAladin() {}

    /**
     * Writes such a jar.
     *
     * @param behaviour make, hang or die
     * @param survey the folder of the survey that is ready
     */
    public static Path jar(Path file, String behaviour, Path survey) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeAladin.class.getName());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            String name = FakeAladin.class.getName().replace('.', '/') + ".class";
            put(jar, name, resource("/" + name));
            put(jar, "behaviour", (behaviour + "\n" + survey).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = FakeAladin.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> behaviour = new String(resource("/behaviour"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        System.out.println("INFO  : Starting " + String.join(" ", args));
        boolean jpeg = List.of(args).contains("JPEG");
        System.out.println("RUN   : ===== " + (jpeg ? "JPEG" : "MAPTILES") + " =====");
        switch (behaviour.get(0)) {
            case "hang" -> Thread.sleep(1_000_000);
            case "die" -> throw new IOException("no more memory");
            default -> make(args, jpeg, Path.of(behaviour.get(1)));
        }
        System.out.println("DONE  : ===== THE END (done in 1s) =====");
    }

    private static void make(String[] args, boolean jpeg, Path ready) throws IOException {
        for (String arg : args) {
            if (arg.startsWith("in=")) {
                Files.writeString(Path.of(arg.substring(3)), "Hipsgen may write into its input");
            }
        }
        Path out = Path.of("survey");
        try (Stream<Path> all = Files.walk(ready)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".jpg") == jpeg) {
                    Path target = out.resolve(ready.relativize(file).toString());
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(file, target);
                }
            }
        }
    }
}
