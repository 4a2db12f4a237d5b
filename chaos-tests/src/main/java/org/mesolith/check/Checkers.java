package org.mesolith.check;

import java.util.List;
import org.mesolith.check.history.History;

/** Every checker, in the order of the report. */
public final class Checkers {

    /** All of them. */
    public static final List<Checker> ALL = List.of(
            new LinearizableWeights(),
            new LinearizableQuota(),
            new LinearizableSchedule(),
            new LinearizableReservations(),
            new LinearizableDrains(),
            new DrainsAreToldOnce(),
            new PlansGoForward(),
            new StaleReadsShowThePast(),
            new AcknowledgedWritesStay(),
            new WritesAreToldOnce(),
            new IndexOnlyGrows(),
            new EventsAreInOrder(),
            new IdsAreUnique(),
            new EndsAreFinal(),
            new UpdatesAreInOrder(),
            new LaunchesRunOnce(),
            new LaunchesEnd(),
            new ResourcesAreConserved(),
            new OffersAreExclusive(),
            new OldOffersAreVoid(),
            new LimitsHold(),
            new VolumesStay(),
            new OneLeaderPerTerm(),
            new DigestsAreEqual(),
            new BackupsAreWhole(),
            new CutOrdersAreFinished(),
            new PromisesAreKept(),
            new ServiceComesBack(),
            new FrameworksGoOn(),
            new UseIsFlat(),
            new RunMeansSomething());

    private Checkers() {}

    /** What each of them says of a history. */
    public static List<Verdict> check(History history) {
        return ALL.stream().map(checker -> checker.check(history)).toList();
    }
}
