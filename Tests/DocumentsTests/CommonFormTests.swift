import Diagnostics
import Testing

@testable import Documents

/// Which forms are read without libyaml. That the results are the same is what CommonYAMLTests compares.
@Suite struct CommonFormTests {
    private static func isCommon(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var loader = YAMLLoader(bytes, source: nil, options: YAMLLoader.Options(limits: .standard))
            var reader = CommonYAML(bytes.baseAddress!)
            return (try? reader.document(0..<bytes.count, &loader)) != nil && loader.problems.isEmpty
        }
    }

    @Test(arguments: [
        "a: b\n", "a: b", "---\na: b\n", "# comment\n\na: 1 # one\n", "a:\n  b:\n  - c\n  - d: 1\n    e: 2\n",
        "a:\n- b\n-\n- - x\n",
        "a:\nb: ~\n", "\"a\": 'it''s'\n", "a: \"\\u00e9\\n\"\n", "a: {b: c, d: [1, \"x\", {}], e: []}\n",
        "{\"a\":1,\n \"b\": [true]}\n",
        "a: |\n  x\n   y\n\n  z\nb: |-\n  x\nc: |+\n  x\n\n", "- a\n- b: c\n", "a: --flag=x:y#z\n", "a: 文\n",
    ]) func common(text: String) { #expect(Self.isCommon(text)) }

    @Test(arguments: [
        "", "# only\n", "a: &x b\n", "a: *x\n", "a: !!str 1\n", "<<: {a: b}\n", "a: b\n  c\n", "a: \"b\n  c\"\n", "a: >\n  b\n",
        "a: |2\n  b\n",
        "a:\tb\n", "? a\n", "%YAML 1.1\n---\na: b\n", "a: b\n...\n", "a: [b\n c]\n", "a: [b: c]\n", "{a: b,}\n", "a: b: c\n",
        " a: b\n", "a\n",
        "a: b\n- c\n", "a: {b}\n", "a: 1\na: 2\n",
    ]) func others(text: String) { #expect(!Self.isCommon(text)) }

    /// A sign that an escape makes stays what it is where colons in brackets are written as another one meanwhile.
    @Test(arguments: ["^", "~", ";", "$", "+", "(", ")", "=", "<", ">"]) func escapesOfSigns(sign: Unicode.Scalar) {
        let text = "d: {a:, b: \"\\x\(String(sign.value, radix: 16))\"}\n"
        let stream = YAMLReader().read(SourceFile(path: "a.yaml", text: text))
        for document in stream.documents {
            let isKept = document.withRoot { $0.field("d").field("b").stringValue == String(Character(sign)) }
            #expect(isKept)
        }
        #expect(stream.documents.count + stream.diagnostics.count == 1)
    }
}
