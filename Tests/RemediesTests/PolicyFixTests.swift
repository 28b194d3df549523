import Catalogue
import Diagnostics
import Documents
import Findings
import Foundation
import Inputs
import Judging
import Testing

@testable import Remedies

/// Every fix of the library: on the example of its policy, and on the same objects written in many ways.
@Suite struct PolicyFixTests {
    private static let set = Result { PolicySet(library: try PolicyLibrary.embedded()) }

    /// The number of the first layout, and how many are tried: `LINTEL_FIX_LAYOUTS=500`.
    private static let first: Int = ProcessInfo.processInfo.environment["LINTEL_FIX_SEED"].flatMap { Int($0) } ?? 0
    private static let layouts: Int = ProcessInfo.processInfo.environment["LINTEL_FIX_LAYOUTS"].flatMap { Int($0) } ?? 6

    @Test func thereAreManyFixes() throws { #expect(try PolicyFixes.policies().count >= 100) }

    /// A fix remedies something in the example, brings nothing new, and has nothing left to do afterwards.
    @Test(arguments: try PolicyFixes.policies().map(\.id))
    func remediesItsExample(_ id: String) throws {
        let set = try Self.set.get(), policy = try #require(set.library.policy(named: id))
        let source = try #require(set.library.example("fail.yaml", of: policy))
        let validator = try PolicyFixes.validator(policy, source.text(in: 0..<source.bytes.count), set)
        let run = FixRun(allowsUnsafe: true) { validator.validate(files: [], rendered: [$0]) }
        let outcome = run.run([source])
        #expect(!outcome.fixed.isEmpty, "\(outcome.before.findings.map(\.message)) \(outcome.refused.map(\.reason))")
        let text = try #require(outcome.files.first)
        let again = run.run([text])
        #expect(again.files.isEmpty && again.before.findings.count == outcome.before.findings.count - outcome.fixed.count)
        #expect(again.before.diagnostics.isEmpty)
    }

    /// The text is what the patched object says, and all lines that it says nothing about are as they were.
    @Test(arguments: first..<first + layouts)
    func changesOnlyWhatItSays(_ seed: Int) throws {
        let set = try Self.set.get()
        var counts = (made: 0, refused: 0)
        for example in Self.examples {
            var layout = GeneratedLayout(seed: seed &* 1000 &+ (Int(example.policy.id.suffix(3)) ?? 0))
            let (text, lines) = layout.text(of: example.objects)
            let source = SourceFile(path: layout.isJSON ? "a.json" : "a.yaml", text: text)
            let read = ResourceReader().read(source)
            let first = read.resources.count - example.objects.count
            try #require(read.diagnostics.isEmpty && first >= 0, "\(example.policy.id)\n\(text)")
            try #require(
                example.objects.indices.allSatisfy { Tree(read.resources[first + $0].value) == example.objects[$0] },
                "\(example.policy.id) is written wrongly\n\(text)")
            for entry in example.cases {
                let what = "\(example.policy.id) \(entry.finding.path.fieldPath) in layout \(seed)"
                guard let wanted = Self.patched(example.objects[entry.object], entry.operations) else { continue }
                do {
                    let number = first + entry.object
                    let fixed = try FixedText.make(source, object: number, entry.operations)
                    if wanted == example.objects[entry.object] {
                        #expect(fixed == nil, "\(what) changes what is right")
                        continue
                    }
                    let result = try #require(fixed, "\(what) changes nothing")
                    counts.made += 1
                    expect(result, number, wanted, source, read, what)
                    if !layout.isJSON, !layout.isList { expectKept(lines, entry, result, what) }
                    let again = try FixedText.make(result, object: number, entry.operations.filter(\.isRepeatable))
                    #expect(again == nil, "\(what) is made twice")
                } catch let refusal as FixRefusal {
                    counts.refused += 1
                    let isOfAnchor = refusal.reason.contains("anchor") || refusal.reason.contains("alias")
                    #expect(isOfAnchor && text.contains("&a"), "\(what) is refused: \(refusal.reason)\n\(text)")
                }
            }
        }
        #expect(counts.made > 100 && counts.refused * 5 < counts.made, "layout \(seed): \(counts)")
        _ = set
    }

    private static let examples = Self.readExamples()

    private static func readExamples() -> [PolicyFixes.Example] {
        guard let set = try? set.get(), let policies = try? PolicyFixes.policies() else { return [] }
        return policies.compactMap { try? PolicyFixes.example($0, set) }
    }

    @Test func examplesHaveCases() { #expect(Self.examples.count { !$0.cases.isEmpty } >= 100) }

    private func expect(
        _ result: SourceFile, _ number: Int, _ wanted: Tree, _ source: SourceFile, _ before: ResourceReader.Contents,
        _ what: String
    ) {
        let after = ResourceReader().read(result)
        #expect(after.diagnostics.isEmpty && after.resources.count == before.resources.count, "\(what)")
        guard after.resources.count == before.resources.count else { return }
        for index in after.resources.indices {
            let found = Tree(after.resources[index].value)
            let right = index == number ? wanted : Tree(before.resources[index].value)
            #expect(found == right, "\(what), object \(index):\n\(String(decoding: result.bytes, as: UTF8.self))")
        }
        let returns = result.bytes.count { $0 == 0x0D }
        #expect(returns == 0 || returns == result.bytes.count { $0 == 0x0A }, "\(what): line ends differ")
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(result.bytes.starts(with: mark) == source.bytes.starts(with: mark), "\(what): the mark at the beginning")
    }

    /// Lines about nodes that no operation is about are there, byte for byte and in their order.
    private func expectKept(
        _ lines: [[GeneratedLine]], _ entry: PolicyFixes.Case, _ result: SourceFile, _ what: String
    ) {
        let places = entry.operations.map(\.path.steps)
        var rest = String(decoding: result.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)[...]
        if let first = rest.first { rest[rest.startIndex] = first.drop { $0 == "\u{FEFF}" } }
        for (number, object) in lines.enumerated() {
            for line in object {
                let isMeant =
                    number == entry.object
                    && places.contains { $0.starts(with: line.path) || line.path.starts(with: $0) }
                if isMeant { continue }
                // What follows a removed first field of an item takes its place behind the dash.
                let isNext = places.contains { $0.dropLast() == line.path.dropLast() }
                let found = rest.firstIndex {
                    $0 == line.text || isNext && $0.drop { " -".contains($0) } == line.text.drop { " -".contains($0) }
                }
                guard let found else {
                    Issue.record("\(what) loses \"\(line.text)\":\n\(String(decoding: result.bytes, as: UTF8.self))")
                    return
                }
                rest = rest[(found + 1)...]
            }
        }
    }

    /// The object after operations, by the tree; nil when the rules of the tree do not tell.
    private static func patched(_ object: Tree, _ operations: [FixOperation]) -> Tree? {
        var object = object
        for operation in operations {
            let path = operation.path.steps, value = operation.value.isDefined ? Tree(operation.value) : nil
            let next: Tree?
            switch operation.kind {
            case .remove: next = object[path[...]] == nil ? object : object.setting(path[...]) { _ in nil }
            case .replace: next = object.setting(path[...]) { _ in value }
            case .rename: next = object.renaming(path, to: operation.value.stringValue ?? "")
            case .insert: return nil
            case .append:
                next = object.setting(path[...]) { list in
                    guard case .list(let items)? = list, let value else { return value.map { .list([$0]) } }
                    return .list(items.contains(value) ? items : items + [value])
                }
            case .add:
                next = object.setting(path[...]) { old in
                    guard case .list(let items)? = old, case .list(let new)? = value else { return value }
                    return .list(items + new.filter { !items.contains($0) })
                }
            }
            guard let next else { return nil }
            object = next
        }
        return object
    }
}

extension FixOperation {
    /// Whether it has nothing to do once it is done: the removal of an item by its number takes the next one, and a field that
    /// was renamed is no more.
    fileprivate var isRepeatable: Bool { kind != .rename && !movesItems }
}
