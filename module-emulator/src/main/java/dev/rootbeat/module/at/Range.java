package dev.rootbeat.module.at;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers that a parameter of an {@link AtCommand} may have. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Range {

    /** The smallest. */
    long from() default 0;

    /** The largest. */
    long to();
}
