package bad.house.store;

/** Stands for the store. */
public final class RegistryStore {
    public void write(String what) {
        System.out.println(what);
    }
}
