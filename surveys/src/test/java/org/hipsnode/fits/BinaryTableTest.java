package org.hipsnode.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinaryTableTest {

    private static BinaryTable table(int rowBytes, String... forms) throws IOException {
        FitsCards cards = new FitsCards()
                .add("XTENSION", "BINTABLE", "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", rowBytes, "")
                .add("NAXIS2", 10, "")
                .add("PCOUNT", 0, "")
                .add("GCOUNT", 1, "")
                .add("TFIELDS", forms.length, "");
        for (int i = 1; i <= forms.length; i++) {
            cards.add("TFORM" + i, forms[i - 1], "").add("TTYPE" + i, "C" + i, "");
        }
        FitsHeader header = FitsHeader.parse(cards.bytes(), "t");
        return BinaryTable.of(new FitsHdu("t", 1, header, 5760, rowBytes * 10L, 100_000));
    }

    @Test
    void findsEveryKindOfColumn() throws IOException {
        BinaryTable table = table(
                1 + 2 + 12 + 8 + 4 * 1024 + 8 + 3 + 8 + 16 + 8 + 16 + 2,
                "L",
                "1I",
                "3J",
                "K",
                "1024E",
                "1D",
                "3A",
                "C",
                "M",
                "1PE(10)",
                "QJ",
                "9X");
        assertThat(table.columns())
                .extracting(BinaryTable.Column::form)
                .containsExactly('L', 'I', 'J', 'K', 'E', 'D', 'A', 'C', 'M', 'P', 'Q', 'X');
        assertThat(table.columns().get(4).repeat()).isEqualTo(1024);
        assertThat(table.columns().get(4).pixelType()).contains(PixelType.FLOAT32);
        assertThat(table.columns().get(7).pixelType()).isEmpty();
        assertThat(table.position(2, table.columns().get(3))).isEqualTo(5760 + 2 * table.rowBytes() + 15);
    }

    @Test
    void acceptsBlanksBeforeTheLetterAsMapsHaveThem() throws IOException {
        assertThat(table(4, "       J").columns())
                .extracting(BinaryTable.Column::form)
                .isEqualTo(List.of('J'));
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        assertThatThrownBy(() -> table(7, "1D")).hasMessageContaining("t[1]", "7 bytes together", "8 up to column 1");
        assertThatThrownBy(() -> table(8, "999999999999999999D")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> table(8, "wrong")).hasMessageContaining("TFORM1", "'wrong'");
    }
}
