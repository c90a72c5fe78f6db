package org.hipsnode.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends ListedStoreContract {

    @Override
    ListedStore store(Map<String, byte[]> files) {
        return new MemoryStore(files);
    }

    @Test
    void holdsNoFileThatAFolderCouldNot() {
        assertThatThrownBy(() -> new MemoryStore(Map.of("../a", new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'../a'");
        assertThatThrownBy(() -> new MemoryStore(Map.of(".hidden", new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
