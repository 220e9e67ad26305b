package dev.stillpoint.restore;

import dev.stillpoint.job.Problem;
import dev.stillpoint.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** What there is to say while a plan is made. */
final class Remarks {

  private final List<String> notes = new ArrayList<>();
  private final List<Problem> refusals = new ArrayList<>();

  void note(String sentence) {
    notes.add(sentence);
  }

  void refuse(ErrorKind kind, String detail, String remedy) {
    refusals.add(new Problem(kind, detail, remedy));
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  List<Problem> refusals() {
    return List.copyOf(refusals);
  }
}
