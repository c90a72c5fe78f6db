package org.hipsnode.generate.run;

import java.io.IOException;
import org.hipsnode.store.SurveyStore;

/** Gives access to surveys on far servers, since making itself speaks to nobody. */
@FunctionalInterface
public interface StoreOpener {
    SurveyStore open(String address) throws IOException;
}
