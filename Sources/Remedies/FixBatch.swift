import Diagnostics
import Documents
import Inputs

/// Carries out many changes of a text with few readings of it: in each round all whose edits do not touch one another.
struct FixBatch {
    /// A text with what is read from it.
    struct ParsedText {
        let source: SourceFile
        let contents: ResourceReader.Contents
        /// Those without an object too.
        let documents: [Document]

        init(_ source: SourceFile) {
            self.source = source
            contents = ResourceReader().read(source)
            var reader = YAMLReader()
            reader.makesDoubles = true
            documents = reader.read(source).documents
        }
    }

    /// A request with the edits that carry it out in the current text.
    private struct Entry {
        var request: Int
        var edits: [TextEdit]
        /// The object with the changes.
        var wanted: Document
    }

    /// What an attempt came to.
    private enum Attempt {
        case made(ParsedText)
        /// These objects are not as they should be, all else is.
        case wrong(Set<Int>)
        case broken
    }

    private(set) var current: ParsedText
    private let requests: [FixRequest]
    private var results: [FixAnswer?]
    /// Attempts that came to nothing.
    private var failures = 0

    /// So many attempts that came to nothing end the work on a text.
    private static let mostFailures = 200

    init(_ source: SourceFile, _ requests: [FixRequest]) {
        current = ParsedText(source)
        self.requests = requests
        results = Array(repeating: nil, count: requests.count)
    }

    var answers: [FixAnswer] { results.map { $0 ?? .unchanged } }

    mutating func run() {
        var waiting = Array(requests.indices)
        while !waiting.isEmpty {
            var deferred: [Int] = []
            var plan = plan(waiting, &deferred)
            attempt(&plan, &deferred)
            if failures > Self.mostFailures {
                let refusal = FixRefusal(reason: "too many changes of this text would change something else too")
                for request in deferred { results[request] = .refused(refusal) }
                return
            }
            waiting = deferred.sorted()
        }
    }

    // MARK: Planning

    /// The requests that can be carried out at once; the others wait.
    private mutating func plan(_ waiting: [Int], _ deferred: inout [Int]) -> [Entry] {
        var plan: [Entry] = []
        var taken = TakenRanges()
        var wanted: [Int: Document] = [:]
        var stepwise: [Int] = []
        for request in waiting {
            do throws(FixRefusal) {
                let object = requests[request].object
                guard let entry = try entry(request, after: wanted[object]) else {
                    // Whether it is so for good is known once the others are made.
                    if wanted[object] == nil { results[request] = .unchanged } else { deferred.append(request) }
                    continue
                }
                if !TakenRanges().takes(entry.edits) {
                    stepwise.append(request)
                } else if taken.take(entry.edits) {
                    plan.append(entry)
                    wanted[object] = entry.wanted
                } else {
                    deferred.append(request)
                }
            } catch {
                // Another change may make the place it belongs to.
                if wanted[requests[request].object] == nil {
                    results[request] = .refused(error)
                } else {
                    deferred.append(request)
                }
            }
        }
        if plan.isEmpty { inSteps(stepwise) } else { deferred += stepwise }
        return plan
    }

    /// Nil when nothing is to be changed.
    private func entry(_ request: Int, after changed: Document?) throws(FixRefusal) -> Entry? {
        let number = requests[request].object
        guard current.contents.resources.indices.contains(number) else {
            throw FixRefusal(reason: "the object cannot be found again")
        }
        let document = current.contents.resources[number].document
        guard document.source === current.source else { throw FixRefusal(reason: "the file is not plain UTF-8") }
        let before = changed ?? document
        var wanted = before
        var edits: [TextEdit] = []
        for operation in requests[request].operations {
            let next = try Self.document(wanted, with: operation)
            if next.root == wanted.root { continue }
            wanted = next
            edits.append(try TextEditor(document, current.source).edit(operation))
        }
        return edits.isEmpty ? nil : Entry(request: request, edits: edits, wanted: wanted)
    }

    private static func document(_ document: Document, with operation: FixOperation) throws(FixRefusal) -> Document {
        let arena = Arena.make(capacity: 256)
        guard let root = PatchedValue.make(document.root, operation, in: arena) else {
            arena.destroy()
            if operation.kind == .rename { throw FixRefusal(reason: "there is a field of the new name already") }
            throw FixRefusal(reason: "\(operation.path.fieldPath) leads through a value that has no fields")
        }
        return Document(arena: arena, root: root, rootSpan: document.rootSpan, partOf: document)
    }

    /// Carries out requests whose changes are made in the same place, each change in what the one before it made. One that
    /// cannot be carried out to its end is left out from the beginning.
    private mutating func inSteps(_ numbers: [Int]) {
        var left = numbers
        while !left.isEmpty {
            var text = current.source
            var changed: Set<Int> = [], refused: Set<Int> = []
            for step in 0..<(left.map { requests[$0].operations.count }.max() ?? 0) where refused.isEmpty {
                let some = left.filter { requests[$0].operations.count > step }
                var batch = FixBatch(
                    text, some.map { FixRequest(object: requests[$0].object, [requests[$0].operations[step]]) })
                batch.run()
                for (request, answer) in zip(some, batch.answers) {
                    if case .refused = answer {
                        refused.insert(request)
                        results[request] = answer
                    } else if answer == .changed {
                        changed.insert(request)
                    }
                }
                text = batch.current.source
            }
            left.removeAll(where: refused.contains)
            if !refused.isEmpty { continue }
            for request in left { results[request] = changed.contains(request) ? .changed : .unchanged }
            if !changed.isEmpty { current = ParsedText(text) }
            return
        }
    }

    // MARK: Making

    /// Makes a plan, or what can be made of it.
    private mutating func attempt(_ plan: inout [Entry], _ deferred: inout [Int]) {
        while !plan.isEmpty {
            switch made(plan) {
            case .made(let next):
                for entry in plan { results[entry.request] = .changed }
                current = next
                return
            case .wrong(let objects):
                failures += 1
                leaveOut(objects, of: &plan, &deferred)
            case .broken where plan.count > 1:
                failures += 1
                deferred += plan[(plan.count / 2)...].map(\.request)
                plan.removeSubrange((plan.count / 2)...)
            case .broken:
                failures += 1
                refuse(plan[0].request)
                return
            }
        }
    }

    /// Of each wrong object one change is tried again; a change that was alone is refused.
    private mutating func leaveOut(_ objects: Set<Int>, of plan: inout [Entry], _ deferred: inout [Int]) {
        let counts = Dictionary(grouping: plan, by: { requests[$0.request].object }).mapValues(\.count)
        var kept: Set<Int> = []
        for index in plan.indices.reversed() {
            let object = requests[plan[index].request].object
            guard objects.contains(object) else { continue }
            let entry = plan[index]
            let isFirst = plan.firstIndex { requests[$0.request].object == object } == index
            if counts[object] == 1 {
                refuse(entry.request)
            } else if !isFirst || !kept.insert(object).inserted {
                deferred.append(entry.request)
            } else if let own = try? self.entry(entry.request, after: nil) {
                plan[index] = own
                continue
            }
            plan.remove(at: index)
        }
    }

    private mutating func refuse(_ request: Int) {
        if requests[request].operations.count > 1 { return inSteps([request]) }
        let path = requests[request].operations.first?.path.fieldPath ?? ""
        results[request] = .refused(
            FixRefusal(reason: "a change of \(path) in this text would change something else too"))
    }

    private func made(_ plan: [Entry]) -> Attempt {
        let edits = plan.flatMap(\.edits).sorted { $0.range.lowerBound < $1.range.lowerBound }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(current.source.bytes.count + edits.reduce(0) { $0 + $1.text.utf8.count })
        var end = 0
        for edit in edits {
            bytes += current.source.bytes[end..<edit.range.lowerBound]
            bytes += edit.text.utf8
            end = edit.range.upperBound
        }
        bytes += current.source.bytes[end...]
        let next = ParsedText(SourceFile(path: current.source.path, bytes: bytes))
        let (old, new) = (current.contents, next.contents)
        guard old.resources.count == new.resources.count, old.skipped.count == new.skipped.count,
            old.diagnostics.count == new.diagnostics.count
        else { return .broken }
        // The last of an object's entries has the changes of all.
        let wanted = Dictionary(plan.map { (requests[$0.request].object, $0.wanted) }) { $1 }
        let wrong = Set(
            old.resources.indices.filter { number in
                new.resources[number].value != (wanted[number]?.root ?? old.resources[number].value)
            })
        let changed = Set(wanted.keys.map { old.resources[$0].documentIndex })
        let isSame =
            current.documents.count == next.documents.count
            && zip(current.documents, next.documents).allSatisfy {
                $0.index == $1.index && (changed.contains($0.index) || $0.root == $1.root)
            }
        if !isSame || !wrong.isSubset(of: wanted.keys) { return .broken }
        return wrong.isEmpty ? .made(next) : .wrong(wrong)
    }
}
