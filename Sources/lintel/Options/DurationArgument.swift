import ArgumentParser
import Authoring

/// A length of time as Go writes it (`5s`, `1m30s`, `250ms`), or a number of seconds.
struct DurationArgument: ExpressibleByArgument {
    let nanoseconds: Int64

    init?(argument: String) {
        guard let nanoseconds = DurationText.nanoseconds(argument), nanoseconds >= 0 else { return nil }
        self.nanoseconds = nanoseconds
    }
}
