package dev.rootbeat.scenario.testbed;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A receiver of webhooks, and what it was told. */
public interface Receiver {

    /** Its URL. */
    String url();

    /** The secret of its signatures, which it checks. */
    String secret();

    /** The bodies of what it has taken, in the order in which they came. */
    List<JsonNode> told();

    /** What it answers from now on: an HTTP status; 0 for no answer at all. */
    void answers(int status);
}
