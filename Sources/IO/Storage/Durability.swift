/// What a write that has returned survives.
///
/// Writes are kept in the order of their commits: what is lost with the power was followed by nothing that is kept.
public enum Durability: Sendable, Comparable {
    /// The end of the process, not the loss of power: for what is found out or done again where it is missing.
    case processEnd
    /// The loss of power too: the commit waits for the disk.
    case powerLoss
}
