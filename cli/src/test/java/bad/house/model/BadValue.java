package bad.house.model;

import java.io.File;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Everything that a value may not do. */
public final class BadValue {
    double amount;
    System.Logger logger = System.getLogger("bad");

    Map<String, String> unordered(File file) {
        var map = new HashMap<String, String>();
        map.put(Instant.now().toString(), file.getName() + new Random(1).nextInt());
        return map;
    }
}
