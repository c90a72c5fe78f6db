package org.hipsnode.wrong.circle;

import org.hipsnode.wrong.AbstractHelper;

/** The other half of a circle of packages. */
public class Back {
    Class<?> where() {
        return AbstractHelper.class;
    }
}
