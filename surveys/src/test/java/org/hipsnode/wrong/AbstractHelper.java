package org.hipsnode.wrong;

import java.net.http.HttpClient;
import java.util.Date;
import java.util.logging.Logger;
import org.hipsnode.wrong.circle.Back;

/** Breaks every rule of the house, to show that each can be broken. */
@SuppressWarnings({"JavaUtilDate", "NonFinalStaticField", "SystemOut"})
public abstract class AbstractHelper {
    static int changing;

    Object everything(HttpClient client) throws Exception {
        System.out.println(System.currentTimeMillis());
        Logger.getLogger("x").info(client.toString());
        if (changing++ > 0) {
            throw new RuntimeException("something");
        }
        return new Date(new Back().hashCode());
    }
}
