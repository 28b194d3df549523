import Diagnostics
import Documents
import Inputs
import Judging

/// What a finding keeps of its violation. A run may have a great many: places are numbers of few bytes, and what most
/// findings have nothing of stands apart.
final class FindingContents: Sendable {
    /// What most findings have nothing of.
    struct Rest: Sendable {
        var origin: [Diagnostic.Note] = []
        var edits: [SourceEdit] = []
        var changes: [ObjectEdit] = []
        var suppression: Suppression?
        var expired: Suppression?
        var isPartial = false
        var isSecret = false
        var hidden: [Range<Int>] = []
        /// The name of the file, when it is not that of the text.
        var file: String?
        /// The line that the place ends in, when it is not the one it begins in.
        var endLine: UInt32?
        /// What a saved report says.
        var saved: Saved?

        var isEmpty: Bool {
            origin.isEmpty && edits.isEmpty && changes.isEmpty && suppression == nil && expired == nil && !isPartial
                && !isSecret && hidden.isEmpty && file == nil && endLine == nil && saved == nil
        }
    }

    /// What a saved report says of a finding.
    struct Saved: Sendable {
        var fingerprint: String
        var container: String?
    }

    private final class Kept: Sendable {
        let rest: Rest

        init(_ rest: Rest) { self.rest = rest }
    }

    private static let nothing = Rest()

    let message: String
    let resource: ResourceReference
    let path: DocumentPath
    let stablePath: String?
    let details: String?
    private let source: SourceFile?
    private let bytes: (start: UInt32, end: UInt32)
    private let start: (line: UInt32, column: UInt32)
    private let endColumn: UInt32
    /// The number of the check among those of its set.
    let slot: UInt32
    private let kept: Kept?

    var rest: Rest { kept?.rest ?? Self.nothing }
    /// What is hidden of the text; nearly always nothing.
    var hidden: [Range<Int>] { kept?.rest.hidden ?? [] }
    var origin: [Diagnostic.Note] { kept?.rest.origin ?? [] }
    var suppression: Suppression? { kept?.rest.suppression }
    var file: String { kept?.rest.file ?? source?.path ?? "" }
    var position: Position { Position(line: Int(start.line), column: Int(start.column)) }
    var range: SourceRange? { source.map { SourceRange(file: $0, start: bytes.start, end: bytes.end) } }

    var location: SourcePlace {
        let rest = kept?.rest
        var place = SourcePlace(
            file: file, start: position,
            end: Position(line: Int(rest?.endLine ?? start.line), column: Int(endColumn)), range: range)
        if let rest { (place.isSecret, place.hidden) = (rest.isSecret, rest.hidden) }
        return place
    }

    convenience init(_ violation: Violation, saved: Saved? = nil) {
        var rest = Rest()
        (rest.origin, rest.edits, rest.changes) = (violation.origin, violation.edits, violation.changes)
        (rest.suppression, rest.expired, rest.isPartial) = (violation.suppression, violation.expired, violation.isPartial)
        rest.saved = saved
        self.init(
            message: violation.message, resource: violation.resource, path: violation.path, stablePath: violation.stablePath,
            details: violation.details, slot: UInt32(clamping: violation.slot), location: violation.location, rest)
    }

    /// The same at another place, or with another rest.
    convenience init(_ other: FindingContents, location: SourcePlace? = nil, rest: Rest? = nil) {
        self.init(
            message: other.message, resource: other.resource, path: other.path, stablePath: other.stablePath,
            details: other.details, slot: other.slot, location: location ?? other.location, rest ?? other.rest)
    }

    private init(
        message: String, resource: ResourceReference, path: DocumentPath, stablePath: String?, details: String?, slot: UInt32,
        location: SourcePlace, _ rest: Rest
    ) {
        self.message = message
        self.resource = resource
        self.path = path
        self.stablePath = stablePath
        self.details = details
        self.slot = slot
        source = location.range?.file
        bytes = (location.range?.start ?? 0, location.range?.end ?? 0)
        start = (UInt32(clamping: location.start.line), UInt32(clamping: location.start.column))
        endColumn = UInt32(clamping: location.end.column)
        var rest = rest
        (rest.isSecret, rest.hidden) = (location.isSecret, location.hidden)
        rest.file = location.file == source?.path ?? "" ? nil : location.file
        rest.endLine = location.end.line == location.start.line ? nil : UInt32(clamping: location.end.line)
        kept = rest.isEmpty ? nil : Kept(rest)
    }
}
