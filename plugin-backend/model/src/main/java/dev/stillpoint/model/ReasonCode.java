package dev.stillpoint.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences that Stillpoint says again and again of why something is as it is. The constant is for
 * programs that say it in a language of their own; what stands in braces is filled in.
 */
public enum ReasonCode {
  // How a VM is protected.
  PROTECTED_BY("by {policies}"),
  PROTECTED_BY_HAND("by {policies}, run by hand"),
  NO_POINT_YET("policy {policies} has made no point of it yet"),
  ONLY_DISABLED("only by what is disabled: {policies}"),
  POLICY_LEAVES_OUT("policy {policy} leaves it out: {rule}"),
  NO_POLICY("no policy names or selects it"),
  GONE_FROM_SITE("not at its site any more; its points stay until they expire or are deleted"),

  // Why a disk was read in full. Runs and restore points keep these as sentences.
  FIRST_OF_VM("first backup of this VM"),
  FIRST_OF_DISK("first backup of this disk"),
  NO_CHECKPOINT("the last backup left no checkpoint"),
  CHECKPOINT_GONE("the checkpoint of the last backup is gone"),
  NO_CHANGE_TRACKING("the disk's format ({format}) has no change tracking"),
  RAW_DISK("raw disks have no change tracking"),
  TRACKING_OFF("incremental backup is not enabled on the disk"),
  NOT_IN_LAST("the disk was not part of the last backup"),
  RESIZED("the disk was resized from {size}"),
  CHANGES_UNKNOWN("the host could not tell what changed on the disk"),
  CHANGES_NOT_ASKED("the changes were not asked for again"),
  CHANGE_MISSED("change tracking missed a change at offset {offset}"),
  LAST_DAMAGED("the last backup of this disk is damaged in the repository"),

  // Why a restore point is kept, or goes.
  HELD("held by {who}: {why}"),
  HELD_UNTIL("held by {who} until {until}: {why}"),
  BEFORE_RETENTION("made before there was retention: kept until it is deleted"),
  NO_TIME_SET("no time was set for points of {kind} runs: kept until it is deleted"),
  KEPT_UNTIL("kept until {until}"),
  NEWEST_GOOD("the newest good point that policy {policy} has of it"),
  AMONG_LAST("one of the last {most}, {number} of {most}"),
  DAILY("daily: the newest of {period}, {number} of {most}"),
  WEEKLY("weekly: the newest of {period}, {number} of {most}"),
  MONTHLY("monthly: the newest of {period}, {number} of {most}"),
  YEARLY("yearly: the newest of {period}, {number} of {most}"),
  TIME_ENDED("its time ended {at}"),
  POLICY_DELETED("its policy is deleted"),
  VM_DELETED("the VM is deleted");

  private final String english;
  private final Pattern sentence;

  ReasonCode(String english) {
    this.english = english;
    // Quoted piece by piece; a gap takes as little as it can.
    this.sentence =
        Pattern.compile(
            "\\Q" + english.replaceAll("\\{\\w+}", "\\\\E(.+?)\\\\Q") + "\\E", Pattern.DOTALL);
  }

  /** Its gaps, in their order. */
  Matcher gaps() {
    return Gaps.PATTERN.matcher(english);
  }

  /** Matches where a text is this sentence, its groups what fills the gaps. */
  Matcher in(String text) {
    return sentence.matcher(text);
  }

  private static final class Gaps {

    static final Pattern PATTERN = Pattern.compile("\\{(\\w+)}");

    private Gaps() {}
  }
}
