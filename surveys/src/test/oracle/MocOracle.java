import cds.moc.HealpixMoc;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes the MOC oracle files of ../resources/oracle with CDS's cds.moc 5.0 (Debian: libcds-moc-java).
 *
 * <p>usage: java -cp /usr/share/java/cds.moc.jar:/usr/share/java/healpix.jar MocOracle.java OUTPUT_FOLDER
 */
public class MocOracle {
    public static void main(String[] args) throws Exception {
        Random random = new Random(20261122);
        try (PrintStream out = new PrintStream(args[0] + "/moc-algebra.tsv", StandardCharsets.UTF_8)) {
            out.println("# cds.moc " + HealpixMoc.VERSION + ": a b union intersection a-minus-b complement-of-a fraction-of-a");
            for (int i = 0; i < 40; i++) {
                HealpixMoc a = random(random, 1 + i % 9);
                HealpixMoc b = random(random, 1 + i % 9);
                out.println(String.join(
                        "\t",
                        json(a),
                        json(b),
                        json(a.union(b)),
                        json(a.intersection(b)),
                        json(a.subtraction(b)),
                        json(a.complement()),
                        Double.toString(a.getCoverage())));
            }
        }
        HealpixMoc moc = random(random, 7);
        try (FileOutputStream fits = new FileOutputStream(args[0] + "/moc-cds.fits");
                FileOutputStream ascii = new FileOutputStream(args[0] + "/moc-cds.json")) {
            moc.write(fits, HealpixMoc.FITS);
            moc.write(ascii, HealpixMoc.JSON);
        }
    }

    private static HealpixMoc random(Random random, int order) throws Exception {
        HealpixMoc moc = new HealpixMoc();
        moc.setMinLimitOrder(0);
        for (int i = 0; i < 60; i++) {
            int cellOrder = random.nextInt(order + 1);
            long cell = (long) (random.nextDouble() * (12L << 2 * cellOrder));
            if (cellOrder > 1 || i == 0) {
                moc.add(cellOrder, cell);
            }
        }
        moc.add(order, 0);
        moc.setMocOrder(order);
        return moc;
    }

    /** Cells only: how an empty order is written differs between tools. */
    private static String json(HealpixMoc moc) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        moc.write(bytes, HealpixMoc.JSON);
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("(?m)^#.*$", "").replaceAll("\\s", "");
    }
}
