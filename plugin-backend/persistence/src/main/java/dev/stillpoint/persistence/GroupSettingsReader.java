package dev.stillpoint.persistence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.stillpoint.group.Collective;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import java.io.IOException;
import java.util.Optional;

/** Earlier documents do not say it: the order is the server's. */
final class GroupSettingsReader extends JsonDeserializer<GroupSettings> {

  private record Fields(
      Optional<LoadOrder> order,
      Optional<OrderBy> by,
      Optional<Collective> collective,
      Optional<Integer> batchSize,
      Optional<Integer> readers) {}

  @Override
  public GroupSettings deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    Fields fields = context.readValue(parser, Fields.class);
    return new GroupSettings(
        fields.order(), fields.by(), fields.collective(), fields.batchSize(), fields.readers());
  }

  @Override
  public GroupSettings getNullValue(DeserializationContext context) {
    return GroupSettings.STANDARD;
  }
}
