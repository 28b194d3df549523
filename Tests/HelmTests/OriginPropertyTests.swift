import Diagnostics
import Documents
import Foundation
import Helm
import TestSupport
import Testing

/// For each scalar of real charts that comes from a values file: the text there is the value.
@Suite struct OriginPropertyTests {
    static let charts = ConformanceData.files(below: "rendering/helm/charts", suffix: "/case.json")

    /// What the scalars of a values file are, by where they begin.
    private final class ValuesFile {
        var scalars: [UInt32: String] = [:]
        var collections: [UInt32: [String]] = [:]

        init(_ file: SourceFile) {
            for document in YAMLReader().read(SourceFile(path: file.path, bytes: file.bytes)).documents {
                document.withRoot { _ = add($0, document.rootSpan) }
            }
        }

        private func add(_ value: Value, _ span: ByteSpan) -> [String] {
            guard value.isCollection else {
                scalars[span.start] = OriginPropertyTests.text(value)
                return [OriginPropertyTests.text(value)]
            }
            var inner: [String] = []
            for index in 0..<value.count {
                let member = value.kind == .object ? value.values[index] : value.elements[index]
                inner += add(member, value.valueSpan(at: index))
                // A collection may be named by its key.
                if value.kind == .object, member.isCollection {
                    collections[value.keySpan(at: index).start] = collections[value.valueSpan(at: index).start]
                }
            }
            collections[span.start] = inner
            return inner
        }
    }

    private static func text(_ value: Value) -> String { value.kind == .string ? value.string : JSONWriter.string(value) }

    private struct Tally {
        /// Values that are the text at their origin.
        var equal = 0
        /// Values that an action put together of that text and others, or of a part of it.
        var partial = 0
        /// Values that an action computed.
        var computed: [String] = []
    }

    @Test(.enabled(if: !charts.isEmpty, "the conformance data is not there"))
    func textsAtValuesAreTheValues() throws {
        var tally = Tally()
        var files: [String: ValuesFile] = [:]
        for file in Self.charts {
            let chart = try ChartFolder.files(at: file.deletingLastPathComponent().path + "/chart")
            // Some charts need values that their users give.
            guard let release = try? ChartFixture.render(chart, ValueOptions(), keepsOrigins: true).get() else { continue }
            for document in try release.documents(in: .init()) {
                document.withRoot { Self.walk($0, document.rootSpan, document, &files, &tally) }
            }
        }
        #expect(tally.equal > 3_000)
        let all = tally.equal + tally.partial + tally.computed.count
        print(
            "\(all) scalars come from values files: \(tally.equal) are the text there, \(tally.partial) have it as a part,",
            "\(tally.computed.count) are computed of it")
        #expect(tally.computed.count * 50 < all, "\(tally.computed)")
    }

    private static func walk(
        _ value: Value, _ span: ByteSpan, _ document: Document, _ files: inout [String: ValuesFile], _ tally: inout Tally
    ) {
        if value.isCollection {
            for index in 0..<value.count {
                let member = value.kind == .object ? value.values[index] : value.elements[index]
                walk(member, value.valueSpan(at: index), document, &files, &tally)
            }
            return
        }
        guard let range = document.range(span), range.file.path.hasSuffix("/values.yaml") else { return }
        let file = files[range.file.path] ?? ValuesFile(range.file)
        files[range.file.path] = file
        let found = text(value)
        let origin = file.scalars[range.start].map { [$0] } ?? file.collections[range.start] ?? []
        if origin == [found] {
            tally.equal += 1
        } else if origin.contains(where: { !$0.isEmpty && (found.contains($0) || !found.isEmpty && $0.contains(found)) }) {
            tally.partial += 1
        } else {
            tally.computed.append(
                "\(range.file.path):\(range.position): \(found.prefix(40)) of \(origin.first?.prefix(40) ?? "nothing")")
        }
    }
}
