package bad.house.leader;

import bad.house.http.BadDoorHelper;

/** Closes the circle. */
public final class BadHandler {
    @Override
    public String toString() {
        return BadDoorHelper.class.getName();
    }
}
