@testable import Catalogue
@testable import Inputs
import Testing

@Suite struct FilesTests {
    @Test(arguments: [
        ("*.yaml", "a.yaml", true), ("*.yaml", "deep/er/a.yaml", true), ("*.yaml", "a.yml", false),
        ("deploy", "x/deploy/a.yaml", true), ("deploy/", "deploy/a.yaml", true), ("deploy", "deployed/a.yaml", false),
        ("deploy/*.yaml", "deploy/a.yaml", true), ("deploy/*.yaml", "x/deploy/a.yaml", false),
        ("deploy/*.yaml", "deploy/x/a.yaml", false), ("deploy/**", "deploy/x/a.yaml", true), ("deploy/**", "deploy", false),
        ("**/a.yaml", "a.yaml", true), ("**/a.yaml", "x/y/a.yaml", true), ("x/**/a.yaml", "x/a.yaml", true),
        ("./deploy/a.yaml", "deploy/a.yaml", true), ("/a.yaml", "a.yaml", true),
        ("?.yaml", "a.yaml", true), ("?.yaml", "ab.yaml", false),
        ("[a-c]*.yaml", "b1.yaml", true), ("[!a-c]*.yaml", "b1.yaml", false), ("[", "[", true),
        ("*.{yaml,yml}", "a.yml", true), ("*.{yaml,yml}", "a.json", false), ("{a,b{1,2}}.yaml", "b2.yaml", true),
        ("a*b*c*d", "aXbXcXd", true), ("a*b*c*d", "aXbXcX", false), ("", "a", false),
    ])
    func glob(_ pattern: String, _ path: String, _ matches: Bool) {
        #expect(PathGlob(pattern).matches(path) == matches)
    }

    /// A pattern of many stars must not take time that grows with their number's power.
    @Test func globTakesBoundedTime() {
        let pattern = PathGlob(String(repeating: "*a", count: 50) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
        #expect(!PathGlob(String(repeating: "{a,b}", count: 40)).matches("x"))
    }

    @Test(arguments: [
        ("./a//b/", "a/b"), (".", "."), ("/", "/"), ("/a/./b", "/a/b"), ("", "."), ("../a", "../a"), ("a/../b", "a/../b"),
        ("//", "/"), ("a/.", "a"), ("/.", "/"), ("a/.b", "a/.b"), ("/a", "/a"), ("//a", "/a"), ("a/b", "a/b"), ("é/ö", "é/ö"),
    ])
    func normalized(_ path: String, _ expected: String) { #expect(FilePath.normalized(path) == expected) }

    @Test(arguments: [
        ("a.YAML", "yaml"), ("a/b.c/d", ""), (".yaml", "yaml"), ("x/.hidden.json", "json"), ("a.tar.gz", "gz"),
    ])
    func suffix(_ path: String, _ expected: String) { #expect(FilePath.suffix(of: path) == expected) }

    @Test(arguments: [
        ("a/b.yaml", "b.yaml", "a"), ("b", "b", "."), ("/a", "a", "/"), ("a/b/", "b", "a/b"), ("/", "", "/"), ("", "", "."),
        ("é/ö.yml", "ö.yml", "é"), ("a//", "a", "a/"),
    ])
    func nameAndFolder(_ path: String, _ name: String, _ folder: String) {
        #expect(FilePath.name(of: path) == name)
        #expect(FilePath.folder(of: path) == folder)
    }

    @Test(arguments: [
        ("privilged-container", "privileged-container"), ("resrticted", "restricted"), ("zzz", nil), ("LT-POD-0O1", "LT-POD-001"),
    ])
    func suggestion(_ word: String, _ expected: String?) {
        let known = ["privileged-container", "restricted", "recommended", "LT-POD-001"]
        #expect(Suggestion.nearest(to: word, among: known) == expected)
    }

    @Test(arguments: [
        ("1.31", "1.31"), ("v1.29", "1.29"), ("1.31.4", "1.31"), ("latest", "latest"), ("1", nil), ("1.x", nil), ("", nil),
        ("0.1", nil), ("1.31.4.5", nil), ("v", nil), ("1.٣", nil),
    ])
    func version(_ text: String, _ expected: String?) { #expect(KubernetesVersion(parsing: text)?.text == expected) }
}
