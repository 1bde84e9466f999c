package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.network.Radio;
import java.util.function.Consumer;

/** A command that answers as soon as the module is registered; a host that does not want to wait aborts it. */
final class RegistrationWait {

    private final Radio radio;
    private Runnable giveUp = () -> {};

    private RegistrationWait(Radio radio) {
        this.radio = radio;
    }

    /** The answer of such a command. */
    static Answer answer(Radio radio) {
        var wait = new RegistrationWait(radio);
        return new Answer.Later(wait::begin, wait::end);
    }

    private void begin(Consumer<Answer> answer) {
        giveUp = radio.await(
                registered -> answer.accept(registered ? Answer.OK : Answer.error(AtError.NO_NETWORK_SERVICE)));
    }

    private void end() {
        giveUp.run();
    }
}
