package bad.house.proto.gen;

/** Stands for a generated message. */
public final class Message {
    @Override
    public String toString() {
        return "message";
    }
}
