package import Diagnostics
import Documents
package import Judging

/// Takes exceptions that nothing needs out of texts, and leaves all other text as it is.
package struct ExceptionRemoval {
    package struct Outcome {
        /// The texts that change, by path.
        package internal(set) var texts: [String: SourceFile] = [:]
        package internal(set) var removed: [UnusedException] = []
        package internal(set) var refused: [(exception: UnusedException, reason: String)] = []

        package init() {}

        /// Gives up all that was removed.
        package mutating func withdraw(because reason: String) {
            refused += removed.map { ($0, reason) }
            (removed, texts) = ([], [:])
        }
    }

    private let text: (String) -> SourceFile?
    private let refusal: (UnusedException) -> String?

    /// - Parameters:
    ///   - text: what a file holds; the same text that was judged.
    ///   - refusal: why the file of an exception is not to be changed; nil when it may be.
    package init(text: @escaping (String) -> SourceFile?, refusal: @escaping (UnusedException) -> String?) {
        (self.text, self.refusal) = (text, refusal)
    }

    package func run(_ exceptions: [UnusedException]) -> Outcome {
        var outcome = Outcome()
        for (path, found) in Dictionary(grouping: exceptions, by: \.range.file.path).sorted(by: { $0.key < $1.key }) {
            var left: [UnusedException] = []
            // Those are taken from the last to the first, so that what stands before keeps its place.
            for exception in found.sorted(by: { $0.range.start < $1.range.start }) {
                if exception.isOfFloor {
                    outcome.refused.append((exception, "it stands in the policy floor"))
                } else if let reason = refusal(exception) {
                    outcome.refused.append((exception, reason))
                } else {
                    left.append(exception)
                }
            }
            change(path, left, &outcome)
        }
        return outcome
    }

    private func change(_ path: String, _ exceptions: [UnusedException], _ outcome: inout Outcome) {
        guard let first = exceptions.first else { return }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard let source = text(path), source.bytes.count >= first.range.file.bytes.count,
            source.bytes == first.range.file.bytes || source.bytes == mark + first.range.file.bytes
        else {
            outcome.refused += exceptions.map { ($0, "the text around it cannot be found") }
            return
        }
        let hasMark = source.bytes.count != first.range.file.bytes.count || source.bytes.starts(with: mark)
        let own = SourceFile(path: path, bytes: Array(source.bytes.dropFirst(hasMark ? mark.count : 0)))
        // Offsets count with the mark where the reader was given it.
        let shift = hasMark && source.bytes.count == first.range.file.bytes.count ? mark.count : 0
        var edited = ExceptionHolder(own, shift: shift)
        edited.remove(exceptions)
        outcome.removed += edited.removed
        outcome.refused += edited.refused
        if edited.current.bytes != own.bytes {
            outcome.texts[path] = SourceFile(path: path, bytes: (hasMark ? mark : []) + edited.current.bytes)
        }
    }
}

/// One text from which exceptions are taken.
private struct ExceptionHolder {
    private let original: SourceFile
    private let shift: Int
    private(set) var current: SourceFile
    private(set) var removed: [UnusedException] = []
    private(set) var refused: [(exception: UnusedException, reason: String)] = []

    init(_ source: SourceFile, shift: Int) {
        (original, current, self.shift) = (source, source, shift)
    }

    mutating func remove(_ exceptions: [UnusedException]) {
        // Places are found before anything changes; those of values are paths, which stay.
        let documents = OriginText.read(original).documents
        let inValues = exceptions.filter { $0.form != .comment }
        let places = inValues.map { Place(of: $0, at: start(of: $0), in: documents) }
        removeComments(exceptions.filter { $0.form == .comment }.reversed())
        let later = zip(inValues, places).reversed()
        for (exception, place) in later {
            guard let place else {
                refused.append((exception, "it stands in a text of a template or of another value; change it there"))
                continue
            }
            do throws(FixRefusal) {
                let documents = OriginText.read(current).documents
                let comments = exception.form == .entry && exception.isWhole ? commentsAbove(place, in: documents) : nil
                for way in try Self.ways(of: exception, place, in: documents) {
                    if try take(way, place.document, andComments: comments) { break }
                }
                removed.append(exception)
            } catch { refused.append((exception, error.reason)) }
        }
    }

    private func start(of exception: UnusedException) -> Int { Int(exception.range.start) - shift }

    // MARK: Comments

    private mutating func removeComments(_ exceptions: [UnusedException]) {
        let before = OriginText.read(original)
        for exception in exceptions {
            guard let edit = edit(of: exception) else {
                refused.append((exception, "its policies cannot be told apart"))
                continue
            }
            let bytes =
                Array(current.bytes[..<edit.range.lowerBound]) + Array(edit.text.utf8) + current.bytes[edit.range.upperBound...]
            let next = SourceFile(path: current.path, bytes: bytes)
            let after = OriginText.read(next)
            guard after.diagnostics.count == before.diagnostics.count,
                after.documents.map(\.root) == before.documents.map(\.root)
            else {
                refused.append((exception, "without it the text would mean something else"))
                continue
            }
            current = next
            removed.append(exception)
        }
    }

    private func edit(of exception: UnusedException) -> TextEdit? {
        let start = start(of: exception), end = Int(exception.range.end) - shift, bytes = original.bytes
        let mark = Array("lintel:ignore".utf8)
        guard start >= 0, start < end, end <= bytes.count, let found = bytes[start..<end].firstRange(of: mark),
            let text = exception.removed(from: String(decoding: bytes[found.upperBound..<end], as: UTF8.self))
        else { return nil }
        if !text.isEmpty { return TextEdit(range: found.upperBound..<end, text: text) }
        let line = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        var begin = start
        while begin > line, bytes[begin - 1] == 0x20 || bytes[begin - 1] == 0x09 { begin -= 1 }
        if begin > line { return TextEdit(range: begin..<end, text: "") }
        let next = bytes[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        return TextEdit(range: line..<next, text: "")
    }

    // MARK: Values

    /// Where an annotation or an entry is in a text.
    private struct Place {
        var document: Int
        var path: DocumentPath

        init?(of exception: UnusedException, at offset: Int, in documents: [Document]) {
            for (number, document) in documents.enumerated() {
                guard
                    let path = Self.path(
                        to: UInt32(offset), isKey: exception.form == .annotation, document.root, document.rootSpan, [])
                else { continue }
                (self.document, self.path) = (number, DocumentPath(path))
                return
            }
            return nil
        }

        private static func path(
            to offset: UInt32, isKey: Bool, _ value: Value, _ span: ByteSpan, _ path: [DocumentPath.Step]
        ) -> [DocumentPath.Step]? {
            if value.kind == .object {
                for entry in value.entries(madeAt: span) {
                    let inner = path + [.key(entry.key.stringValue ?? "")]
                    if isKey, entry.keySpan.start == offset { return inner }
                    if entry.valueSpan.start > offset || offset > entry.valueSpan.end { continue }
                    if let found = Self.path(to: offset, isKey: isKey, entry.value, entry.valueSpan, inner) { return found }
                }
            } else if value.kind == .array {
                for (index, item) in value.items(madeAt: span).enumerated() {
                    if !isKey, item.span.start == offset { return path + [.index(index)] }
                    if item.span.start > offset || offset > item.span.end { continue }
                    if let found = Self.path(to: offset, isKey: isKey, item.value, item.span, path + [.index(index)]) {
                        return found
                    }
                }
            }
            return nil
        }
    }

    /// Operations that are carried out together, and whether there is no other way when they cannot be.
    private struct Way {
        var operations: [FixOperation]
        var isLast = true
    }

    private static func ways(
        of exception: UnusedException, _ place: Place, in documents: [Document]
    ) throws(FixRefusal) -> [Way] {
        let root = documents[place.document].root, steps = place.path.steps
        let holder = DocumentPath(Array(steps.dropLast()))
        // What holds nothing else goes as well.
        let isAlone = documents[place.document].value(at: holder).count == 1
        func removal(andHolder: Bool) -> [Way] {
            (andHolder ? [Way(operations: [FixOperation(.remove, holder)], isLast: false)] : [])
                + [Way(operations: [FixOperation(.remove, place.path)])]
        }
        if exception.form == .entry {
            if exception.isWhole { return removal(andHolder: isAlone && holder.steps.last == .key("exceptions")) }
            let list = DocumentPath(steps + [.key("policy")])
            guard documents[place.document].value(at: list).count == exception.names.count else {
                throw FixRefusal(reason: "its policies cannot be told apart")
            }
            let idle = exception.names.indices.filter { exception.unused.contains(exception.names[$0]) }
            return [Way(operations: idle.reversed().map { FixOperation(.remove, DocumentPath(list.steps + [.index($0)])) })]
        }
        guard root.kind == .object, let value = documents[place.document].value(at: place.path).stringValue,
            let text = exception.removed(from: value)
        else { throw FixRefusal(reason: "its policies cannot be told apart") }
        if text.isEmpty {
            return removal(andHolder: isAlone && Array(holder.steps.suffix(2)) == [.key("metadata"), .key("annotations")])
        }
        let document = Document { $0.string(text) }
        return [Way(operations: [FixOperation(.replace, place.path, document.root, in: document)])]
    }

    /// - Returns: whether the text is as it should be.
    /// - Parameter comments: lines above an entry, which go with it.
    private mutating func take(_ way: Way, _ document: Int, andComments comments: Range<Int>?) throws(FixRefusal) -> Bool {
        var text = current
        for operation in way.operations {
            do throws(FixRefusal) {
                text = try OriginText.make(text, document: document, operation) ?? text
            } catch {
                if way.isLast { throw error }
                return false
            }
        }
        if let comments { text = Self.text(text, without: comments, unchangedSince: current) }
        current = text
        return true
    }

    /// The lines of comments right above an item of a list, in its column.
    private func commentsAbove(_ place: Place, in documents: [Document]) -> Range<Int>? {
        let span = documents[place.document].place(at: place.path).span, bytes = current.bytes
        guard let range = documents[place.document].range(span), range.file.bytes.count == bytes.count else { return nil }
        func lineStart(_ offset: Int) -> Int { bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 }
        let line = lineStart(Int(range.start)), column = bytes[line...].prefix { $0 == 0x20 }.count
        guard line + column < bytes.count, bytes[line + column] == UInt8(ascii: "-") else { return nil }
        var first = line
        while first > 0 {
            let above = lineStart(first - 1), blanks = bytes[above...].prefix { $0 == 0x20 }.count
            guard blanks == column, bytes[above + blanks] == UInt8(ascii: "#") else { break }
            first = above
        }
        return first < line ? first..<line : nil
    }

    /// A text without some lines, when all before their end is as it was and they say nothing.
    private static func text(_ text: SourceFile, without lines: Range<Int>, unchangedSince old: SourceFile) -> SourceFile {
        guard text.bytes.count >= lines.upperBound, text.bytes[..<lines.upperBound] == old.bytes[..<lines.upperBound] else {
            return text
        }
        let bytes = Array(text.bytes[..<lines.lowerBound]) + text.bytes[lines.upperBound...]
        let next = SourceFile(path: text.path, bytes: bytes)
        return OriginText.read(next).documents.map(\.root) == OriginText.read(text).documents.map(\.root) ? next : text
    }
}
