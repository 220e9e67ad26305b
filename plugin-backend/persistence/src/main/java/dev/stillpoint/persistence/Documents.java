package dev.stillpoint.persistence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.GroupRestoreRequest;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunRequest;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Recurrence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The core's records as JSON: identifiers as text, amounts as numbers of bytes, instants and
 * durations as ISO 8601, what is absent as null. Fields that are unknown are passed over, so that
 * an older Stillpoint reads what a newer one added to.
 */
final class Documents {

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final ObjectMapper mapper;

  Documents() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(Freezing.class, new FreezingWord()))
            .addModule(
                new SimpleModule("group")
                    .addDeserializer(GroupSettings.class, new GroupSettingsReader()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addMixIn(ByteCount.class, PlainNumber.class)
            .addMixIn(DiskSettings.class, AbsentLeftOut.class)
            .addMixIn(GroupSettings.class, AbsentLeftOut.class)
            .addMixIn(Run.class, LaterGroup.class)
            .addMixIn(RestorePoint.class, LaterInPoints.class)
            .addMixIn(VmSettings.class, LaterAttributes.class)
            .addMixIn(RestoreRequest.class, LaterInRestores.class)
            .addMixIn(Policy.class, LaterInPolicies.class)
            .addMixIn(Recurrence.class, NamedRecurrences.class)
            .addMixIn(BackupRequest.class, LaterRepeat.class)
            .addMixIn(RunRequest.class, NamedKinds.class);
    for (Class<?> id :
        List.of(
            CheckpointId.class,
            DiskId.class,
            PolicyId.class,
            RestorePointId.class,
            RunId.class,
            SiteId.class,
            VmId.class)) {
      builder.addMixIn(id, PlainText.class);
    }
    mapper = builder.build();
  }

  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No document of " + value.getClass(), e);
    }
  }

  JsonNode tree(Object value) {
    return mapper.valueToTree(value);
  }

  <T> T read(String document, Class<T> type) {
    try {
      return mapper.readValue(document, type);
    } catch (JsonProcessingException e) {
      throw unreadable(type.getSimpleName(), e);
    }
  }

  /**
   * @throws JsonProcessingException when the node is no such value
   */
  <T> T read(JsonNode node, Class<T> type) throws JsonProcessingException {
    return mapper.treeToValue(node, type);
  }

  /**
   * @throws JsonProcessingException when the text is no JSON
   */
  JsonNode parse(String document) throws JsonProcessingException {
    return mapper.readTree(document);
  }

  Map<String, String> readTexts(String document) {
    try {
      return mapper.readValue(document, TEXTS);
    } catch (JsonProcessingException e) {
      throw unreadable("list of details", e);
    }
  }

  private static StillpointException unreadable(String what, JsonProcessingException e) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The database holds a " + what + " that cannot be read: " + e.getOriginalMessage(),
        "Put a copy of the database back.",
        e);
  }

  /** How an identifier is written. */
  private abstract static class PlainText {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    @SuppressWarnings("unused") // Never called: only its annotations count.
    PlainText(String value) {}

    @JsonValue
    abstract String value();
  }

  /** A field that came later is not written where it is empty, as in earlier documents. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private interface AbsentLeftOut {}

  /** As {@link AbsentLeftOut}, for some fields only. */
  @SuppressWarnings("UnusedMethod") // Never called: only its annotations count.
  private interface LaterInPoints {

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<Consistency> consistency();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<RestorePoint.LeftOut> leftOut();

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> group();

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> lifetime();
  }

  /** As {@link AbsentLeftOut}, for one field. */
  @SuppressWarnings("UnusedMethod") // Never called: only its annotations count.
  private interface LaterGroup {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> group();
  }

  /** Earlier documents do not say it: no guest was frozen. */
  private static final class FreezingWord extends JsonDeserializer<Freezing> {

    @Override
    public Freezing deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String word = parser.getValueAsString("");
      for (Freezing freezing : Freezing.values()) {
        if (freezing.name().equals(word)) {
          return freezing;
        }
      }
      return (Freezing)
          context.handleWeirdStringValue(Freezing.class, word, "not known to this Stillpoint");
    }

    @Override
    public Freezing getNullValue(DeserializationContext context) {
      return Freezing.NONE;
    }
  }

  /** As {@link AbsentLeftOut}, for one field. */
  @SuppressWarnings("UnusedMethod") // Never called: only its annotations count.
  private interface LaterAttributes {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> attributes();
  }

  /** As {@link AbsentLeftOut}, for some fields. */
  @SuppressWarnings("UnusedMethod") // Never called: only its annotations count.
  private interface LaterInRestores {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> choices();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<String> disks();
  }

  /** As {@link AbsentLeftOut}, for some fields. */
  @SuppressWarnings("UnusedMethod") // Never called: only its annotations count.
  private interface LaterInPolicies {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> selector();

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> schedule();

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> retention();
  }

  /** As {@link AbsentLeftOut}, for some fields. */
  @SuppressWarnings("UnusedMethod") // Never called: only its annotations count.
  private interface LaterRepeat {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> repeat();

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<?> members();
  }

  /** How recurrences are told apart. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Recurrence.OneTime.class, name = "one-time"),
    @JsonSubTypes.Type(value = Recurrence.Daily.class, name = "daily"),
    @JsonSubTypes.Type(value = Recurrence.Weekly.class, name = "weekly"),
    @JsonSubTypes.Type(value = Recurrence.DayOfMonth.class, name = "day-of-month"),
    @JsonSubTypes.Type(value = Recurrence.LastDayOfMonth.class, name = "last-day-of-month"),
    @JsonSubTypes.Type(value = Recurrence.WeekdayOfMonth.class, name = "weekday-of-month")
  })
  private interface NamedRecurrences {}

  /** How an amount is written. */
  private abstract static class PlainNumber {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    @SuppressWarnings("unused") // Never called: only its annotations count.
    PlainNumber(long bytes) {}

    @JsonValue
    abstract long bytes();
  }

  /** How the two kinds of request are told apart. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = BackupRequest.class, name = "backup"),
    @JsonSubTypes.Type(value = RestoreRequest.class, name = "restore"),
    @JsonSubTypes.Type(value = GroupRestoreRequest.class, name = "group-restore")
  })
  private interface NamedKinds {}
}
