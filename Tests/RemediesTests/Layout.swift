import Testing

/// One of the ways in which people write the same Deployment.
struct Layout: CustomTestStringConvertible, Sendable {
    enum Style: String, CaseIterable, Sendable { case block, flowContainers, flowMetadata, json, tightJSON }
    enum Wrap: String, CaseIterable, Sendable { case alone, stream, list }

    var indent: Int
    var dash: Int
    var style: Style
    var wrap: Wrap
    var hasComments: Bool
    var hasReturns: Bool
    var endsLine: Bool

    var testDescription: String {
        "\(style) in \(wrap), \(indent)+\(dash), comments \(hasComments), CRLF \(hasReturns), end \(endsLine)"
    }

    static let all: [Layout] = {
        var all: [Layout] = []
        for style in Style.allCases {
            for wrap in Wrap.allCases where wrap == .alone || style != .json && style != .tightJSON {
                for indent in [1, 2, 3, 4] {
                    for dash in [0, 2] {
                        for bits in 0..<8 {
                            all.append(
                                Layout(
                                    indent: indent, dash: dash, style: style, wrap: wrap, hasComments: bits & 1 != 0,
                                    hasReturns: bits & 2 != 0, endsLine: bits & 4 != 0))
                        }
                    }
                }
            }
        }
        return all
    }()

    /// The number of the Deployment among the objects of the text.
    var object: Int { wrap == .alone ? 0 : 1 }

    var text: String {
        var text: String
        switch style {
        case .json: text = Self.json
        case .tightJSON: text = Self.json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
        case .block, .flowContainers, .flowMetadata: text = wrapped(lines)
        }
        if hasReturns { text = text.replacing("\n", with: "\r\n") }
        if endsLine { text += hasReturns ? "\r\n" : "\n" }
        return text
    }

    private func comment(_ text: String) -> String { hasComments ? "  # \(text)" : "" }

    private var lines: [String] {
        let one = String(repeating: " ", count: indent)
        let item = one + one + one + String(repeating: " ", count: dash)
        var lines = ["apiVersion: apps/v1" + comment("api"), "kind: Deployment"]
        if style == .flowMetadata {
            lines.append("metadata: {name: web, labels: {app: web}}" + comment("flow"))
        } else {
            lines += ["metadata:", "\(one)name: \"web\"" + comment("name"), "\(one)labels:", "\(one)\(one)app: web"]
        }
        lines += ["spec:", "\(one)replicas: 1" + comment("one"), "\(one)template:", "\(one)\(one)spec:"]
        lines.append("\(one)\(one)\(one)hostPID: true" + comment("host"))
        if hasComments { lines.append("\(one)\(one)\(one)# the containers") }
        lines.append("\(one)\(one)\(one)containers:")
        if style == .flowContainers {
            lines.append(
                "\(item)- {name: web, image: 'a:1', securityContext: {privileged: true, capabilities: {drop: [CHOWN]}}}"
                    + comment("all"))
            lines.append("\(item)- {name: side, image: b}")
        } else {
            lines += [
                "\(item)- name: web" + comment("first"), "\(item)  image: 'a:1'", "\(item)  securityContext:",
                "\(item)  \(one)privileged: true" + comment("oh"), "\(item)  \(one)capabilities:",
                "\(item)  \(one)\(one)drop:", "\(item)  \(one)\(one)- CHOWN" + comment("last"),
                "\(item)- name: side", "\(item)  image: b",
            ]
        }
        return lines
    }

    private func wrapped(_ lines: [String]) -> String {
        let map = ["apiVersion: v1", "kind: ConfigMap", "metadata: {name: m}", "data:", "  a: |", "    # text", "    b"]
        switch wrap {
        case .alone: return lines.joined(separator: "\n")
        case .stream: return (["%YAML 1.1", "---"] + map + ["---"] + lines + ["---", "- no object"]).joined(separator: "\n")
        case .list:
            let items = [map, lines].flatMap { part in part.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 } }
            return (["apiVersion: v1", "kind: List", "items:"] + items).joined(separator: "\n")
        }
    }

    private static let json = """
        {
          "apiVersion": "apps/v1",
          "kind": "Deployment",
          "metadata": {"name": "web", "labels": {"app": "web"}},
          "spec": {
            "replicas": 1,
            "template": {
              "spec": {
                "hostPID": true,
                "containers": [
                  {
                    "name": "web",
                    "image": "a:1",
                    "securityContext": {
                      "privileged": true,
                      "capabilities": {"drop": ["CHOWN"]}
                    }
                  },
                  {"name": "side", "image": "b"}
                ]
              }
            }
          }
        }
        """
}
