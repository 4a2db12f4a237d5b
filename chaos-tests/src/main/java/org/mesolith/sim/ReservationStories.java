package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.OperatorCall;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.sim.Story.Step.Ask;
import org.mesolith.sim.Story.Step.Await;
import org.mesolith.state.ReservationCommand;

/** Stories of reservations that end by themselves. */
final class ReservationStories {
    private static final Duration SHORT = Duration.ofSeconds(8);

    private ReservationStories() {}

    /** One reserves on two agents until soon; another one saves what is on the first, or comes too late. */
    static Story expiry(LeaderTimes times) {
        var made = Resources.parse("cpus:1").pushReservation(Reservation.dynamic("ops", null));
        return new Story(
                "two agents are reserved until soon, and one of them is saved",
                2,
                List.of(),
                0,
                times,
                0,
                List.of(
                        List.of(
                                new Ask(scene -> new OperatorCall.ReserveAgents(
                                        List.of(scene.agent(1), scene.agent(2)),
                                        made,
                                        ReservationWish.of(
                                                "ann", "trial", scene.now().plus(SHORT)))),
                                new Await(
                                        "the end of the second",
                                        scene -> held(scene, 2).isEmpty())),
                        List.of(
                                new Await(
                                        "a reservation",
                                        scene -> scene.isLogged(ReservationCommand.ReserveAgents.class)),
                                new Ask(scene -> new OperatorCall.NoteReservations(
                                        List.of(key(scene)), ReservationWish.of("bob", "trial", null))))),
                scenes -> {
                    var words = new ArrayList<String>();
                    words.add("first {" + held(scenes.getFirst(), 1) + "}");
                    words.add("second {" + held(scenes.getFirst(), 2) + "}");
                    var note = scenes.getFirst().registry().reservationNote(key(scenes.getFirst()));
                    words.add(note == null ? "no note" : note.owner());
                    return String.join(", ", words);
                },
                List.of("first {cpus(+ops):1}, second {}, bob", "first {}, second {}, no note"));
    }

    private static ReservationKey key(Scene scene) {
        return new ReservationKey(scene.agent(1), List.of(Reservation.dynamic("ops", null)));
    }

    private static Resources held(Scene scene, int agent) {
        var row = scene.registry().agent(scene.agent(agent));
        return row == null ? Resources.EMPTY : row.reserved();
    }
}
