package org.emotion4j.web.live;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page says in a message of text. */
sealed interface LiveMessage permits StartMessage, LiveMessage.Mark, LiveMessage.Choose, LiveMessage.Stop {
    /** Marks the moment in the record. */
    record Mark(String text) implements LiveMessage {}

    /** Makes the session about another face. */
    record Choose(int face) implements LiveMessage {}

    /** Ends the session. */
    record Stop() implements LiveMessage {}

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException if it is none, with what a page is to be told
     */
    static LiveMessage read(JsonMapper json, String text) {
        try {
            JsonNode node = json.readTree(text);
            return switch (node.path("type").asString("")) {
                case "start" -> json.treeToValue(node, StartMessage.class);
                case "mark" -> new Mark(node.path("text").asString(""));
                case "choose" -> new Choose(node.path("face").asInt(0));
                case "stop" -> new Stop();
                default -> throw new IllegalArgumentException("a message's type is start, mark, choose or stop");
            };
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the message is not the JSON that is expected: " + e.getOriginalMessage(), e);
        }
    }
}
