package dev.rootbeat.demo;

/**
 * A Root CA as its operator knows it.
 *
 * @param name what it is called
 * @param id what the REST interface calls it
 */
record RootCa(String name, String id) {}
