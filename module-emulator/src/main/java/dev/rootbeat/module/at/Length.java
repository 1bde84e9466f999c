package dev.rootbeat.module.at;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long the text of a parameter of an {@link AtCommand} may be, in octets. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Length {

    /** The most octets. */
    int max();

    /** The fewest octets. */
    int min() default 0;
}
