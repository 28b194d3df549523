import Foundation
import TestSupport
import Testing

/// Manifests, charts and cases of YAML as they are, and changed at random, read with and without libyaml.
@Suite struct CommonYAMLTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let changes = environment["LINTEL_YAML_CHANGES"].flatMap(Int.init) ?? 3000
    private static let seed = environment["LINTEL_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    @Test(arguments: [
        "a: b\u{85}", "a: b\u{2028}", "a: 'b\u{85}'\n", "a: |\n  b\u{85}c\n", "a: [b,\u{85} c]\n", "a: b\u{FEFF}",
        "a: é\n---\nb: \u{85}\n",
        "a: [b?c]\n", "a: {b?: c}\n", "a: x\r", "a: é\n---\n\u{0}\n---\nb: é\n",
    ]) func rareForms(text: String) { #expect(ReadingComparison.difference(text) == nil) }

    private struct Case: Decodable {
        var yaml: String
    }

    @Test func bothReadersGiveTheSame() throws {
        let corpus = try FuzzCorpus()
        let folders = [
            "rendering/kustomize", "rendering/helm/charts", "kubernetes/crds", "kubernetes/mutations", "../data/manifests",
        ]
        let cases = try ConformanceData.files(below: "yaml-test-suite", suffix: "cases.json").flatMap {
            try JSONDecoder().decode([Case].self, from: Data(contentsOf: $0)).map(\.yaml)
        }
        let texts =
            corpus.yaml + cases
            + folders.flatMap { ConformanceData.files(below: $0, suffix: ".yaml") }.compactMap {
                try? String(contentsOf: $0, encoding: .utf8)
            }
        var random = SeededRandom(seed: Self.seed)
        var failures = texts.compactMap { ReadingComparison.difference($0).map { $0.prefix(2000) } }
        let small = texts.filter { $0.utf8.count < 4000 }
        for _ in 0..<Self.changes where failures.count < 5 {
            var mutator = Mutator(random: SeededRandom(seed: random.next()))
            let text = mutator.mutated(random.pick(small), with: random.pick(small))
            let cut = random.once(in: 2) ? text : String(text.dropLast())
            if let difference = ReadingComparison.difference(cut) { failures.append("\(difference)\n\(text)") }
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n======\n"))")
        #expect(small.count > 20)
    }
}
