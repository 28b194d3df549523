import Rego
import Text

extension CoverageReport {
    /// Cobertura's XML (https://cobertura.sourceforge.net/xml/coverage-04.dtd), as GitLab, Azure and Jenkins read it: a package
    /// for each folder, a class for each file. Rego has no branches to count.
    var cobertura: String {
        let folders = Dictionary(grouping: files) { file in
            file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? "."
        }
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
            <coverage \(Self.rates(files)) lines-covered="\(Self.lines(files).covered)" lines-valid="\(Self.lines(files).all)" \
            branches-covered="0" branches-valid="0" complexity="0" version="lintel \(XMLText.escaped(BuildVersion.number))" timestamp="0">
            <sources><source>.</source></sources>
            <packages>

            """
        for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
            let name = XMLText.escaped(folder.replacing("/", with: "."))
            text += "<package name=\"\(name)\" \(Self.rates(files)) complexity=\"0\">\n<classes>\n"
            for file in files {
                let path = XMLText.escaped(file.path)
                text +=
                    "<class name=\"\(path)\" filename=\"\(path)\" \(Self.rates([file])) complexity=\"0\">\n<methods/>\n<lines>\n"
                let lines = (file.covered.map { ($0, 1) } + file.notCovered.map { ($0, 0) }).sorted { $0.0 < $1.0 }
                for (line, hits) in lines { text += "<line number=\"\(line)\" hits=\"\(hits)\"/>\n" }
                text += "</lines>\n</class>\n"
            }
            text += "</classes>\n</package>\n"
        }
        return text + "</packages>\n</coverage>\n"
    }

    private static func lines(_ files: [Coverage.FileReport]) -> (covered: Int, all: Int) {
        let covered = files.reduce(0) { $0 + $1.covered.count }
        return (covered, covered + files.reduce(0) { $0 + $1.notCovered.count })
    }

    private static func rates(_ files: [Coverage.FileReport]) -> String {
        let (covered, all) = lines(files)
        let rate = all == 0 ? 10_000 : covered * 10_000 / all
        let digits = String(10_000 + rate % 10_000).dropFirst()
        return "line-rate=\"\(rate / 10_000).\(digits)\" branch-rate=\"0\""
    }
}
