/// Where the text of a node stands, and what put it there.
package struct Origin: Hashable, Sendable {
    /// What wrote a value.
    package enum Cause: UInt8, Sendable, CaseIterable {
        /// Text of a resource file.
        case file
        /// A strategic merge patch.
        case patch
        /// The value of a JSON 6902 operation.
        case jsonPatch
        case namespace, namePrefix, nameSuffix, label, annotation, image, replicas
        case replacement, nameReference, variable, contentHash, generator
        /// A setting of another transformer.
        case transformer
        /// A chart that a renderer outside of this module unfolded.
        case chart
        /// The program itself, such as the kind of a generated object.
        case builtin
    }

    /// The number of the file in the build's `BuildSources`; 0 for a node that no text made.
    package var file: UInt32
    /// Byte offsets in the file, half open.
    package var start: UInt32
    package var end: UInt32
    package var cause: Cause

    package init(file: UInt32, start: UInt32, end: UInt32, cause: Cause = .file) {
        self.file = file
        self.start = start
        self.end = end
        self.cause = cause
    }

    /// No text made the value.
    package static let none = Origin(file: 0, start: 0, end: 0, cause: .builtin)

    /// Whether there is a text to show.
    package var isKnown: Bool { file != 0 }

    /// The same place, with another cause.
    func caused(by cause: Cause) -> Origin {
        var copy = self
        copy.cause = cause
        return copy
    }
}

/// What a value was before, and which texts besides its origin took part in it; most nodes need none.
final class Notes {
    /// One former value.
    struct Former {
        var text: String
        var origin: Origin
        var parts: [Origin]
    }

    /// Other texts that the value is put together of, such as a name prefix.
    var parts: [Origin] = []
    /// Former values, the oldest first.
    var history: [Former] = []

    init() {}

    init(parts: [Origin], history: [Former]) {
        self.parts = parts
        self.history = history
    }
}
