package org.mesolith.check;

import org.mesolith.check.history.History;

/** A process whose disk is damaged, full, failing or old did what the documents promise; the controller looked. */
final class PromisesAreKept implements Checker {

    @Override
    public String claim() {
        return "who meets a bad disk does what the documents say";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        history.seen("promise")
                .forEach(promise -> problems.unless(
                        promise.fact("kept").equals("true"),
                        "line " + promise.number() + ": " + promise.fact("on") + " met " + promise.fact("fault") + " ("
                                + promise.fact("how") + ") and was to do this: " + promise.fact("what")
                                + "; its status: " + promise.fact("status") + "; it said: " + promise.fact("said")));
        return problems.verdict(claim());
    }
}
