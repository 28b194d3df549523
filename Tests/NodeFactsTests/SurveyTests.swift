import Glibc
import Testing

@testable import NodeFacts

/// A throw-away directory tree that stands for a machine.
private struct Machine {
    let root: String

    init() throws {
        var template = Array("/tmp/lintel-node-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else { throw SystemError.last }
        root = String(cString: path)
    }

    func write(_ path: String, _ text: String = "", mode: mode_t = 0o600) throws {
        var directory = root
        for part in path.split(separator: "/").dropLast() {
            directory += "/" + part
            mkdir(directory, 0o755)
        }
        guard let file = fopen(root + path, "w") else { throw SystemError.last }
        fwrite(text, 1, text.utf8.count, file)
        fclose(file)
        chmod(root + path, mode)
    }

    func remove() {
        func clear(_ path: String) {
            for name in (try? SystemCalls.names(in: path)) ?? [] {
                let child = "\(path)/\(name)"
                if let status = try? SystemCalls.status(child, followsLinks: false), status.st_mode & S_IFMT == S_IFDIR {
                    chmod(child, 0o700)
                    clear(child)
                } else {
                    unlink(child)
                }
            }
            rmdir(path)
        }
        clear(root)
    }
}

@Suite struct SurveyTests {
    @Test func readsModesOwnersAndKinds() throws {
        let machine = try Machine()
        defer { machine.remove() }
        try machine.write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nme:x:\(getuid()):0::/:/bin/sh\n")
        try machine.write("/etc/kubernetes/admin.conf", mode: 0o640)
        try machine.write("/etc/kubernetes/pki/etcd/ca.key", mode: 0o400)
        let facts = NodeFacts.collect(root: machine.root)
        let admin = try #require(facts.files.first { $0.path == "/etc/kubernetes/admin.conf" })
        #expect(admin.mode == "0640")
        #expect(admin.uid == getuid())
        #expect(admin.owner == (getuid() == 0 ? "root" : "me"))
        let key = try #require(facts.files.first { $0.path == "/etc/kubernetes/pki/etcd/ca.key" })
        #expect(key.mode == "0400")
        #expect(facts.files.first { $0.path == "/etc/kubernetes/pki/etcd" }?.kind == .directory)
        #expect(facts.files.first { $0.path == "/etc/kubernetes/scheduler.conf" }?.exists == false)
    }

    @Test func findsProcessesAndTheFilesTheyName() throws {
        let machine = try Machine()
        defer { machine.remove() }
        try machine.write("/proc/1/cmdline", "/sbin/init\0")
        try machine.write("/proc/42/cmdline", "/usr/bin/kubelet\0--config\0/opt/kubelet.yaml\0--v=2\0")
        try machine.write(
            "/opt/kubelet.yaml", "kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: \"/opt/ca.crt\"\n",
            mode: 0o644)
        try machine.write("/opt/ca.crt", mode: 0o644)
        let facts = NodeFacts.collect(root: machine.root)
        #expect(facts.processes == [.init(name: "kubelet", pid: 42, arguments: ["--config", "/opt/kubelet.yaml", "--v=2"])])
        #expect(facts.configurations.map(\.path) == ["/opt/kubelet.yaml"])
        #expect(facts.files.first { $0.path == "/opt/kubelet.yaml" }?.mode == "0644")
        #expect(facts.files.first { $0.path == "/opt/ca.crt" }?.exists == true)
        #expect(facts.unreadable.isEmpty)
    }

    @Test func saysWhenProcessesAreHidden() throws {
        let machine = try Machine()
        defer { machine.remove() }
        try machine.write("/proc/77/cmdline", "sh\0")
        let facts = NodeFacts.collect(root: machine.root)
        #expect(facts.unreadable.contains { $0.path == "/proc" })
    }

    @Test(.enabled(if: getuid() != 0)) func saysWhatItCouldNotRead() throws {
        let machine = try Machine()
        defer { machine.remove() }
        try machine.write("/etc/kubernetes/pki/private/a.key")
        chmod(machine.root + "/etc/kubernetes/pki/private", 0)
        let facts = NodeFacts.collect(root: machine.root)
        #expect(facts.unreadable.contains { $0.path == "/etc/kubernetes/pki/private" })
    }

    @Test func doesNotFollowLinksInCircles() throws {
        let machine = try Machine()
        defer { machine.remove() }
        try machine.write("/etc/kubernetes/pki/ca.crt")
        symlink(".", machine.root + "/etc/kubernetes/pki/loop")
        let facts = NodeFacts.collect(root: machine.root)
        #expect(facts.files.filter { $0.path.hasSuffix("ca.crt") }.count == 1)
    }

    @Test(
        arguments: [
            (["--config=/a"], "/a"), (["--config", "/a"], "/a"), (["-config=/a"], "/a"), (["--config=/a", "--config=/b"], "/b"),
            (["--config"], nil), (["--config=relative"], nil), (["--configuration=/a"], nil),
        ] as [([String], String?)])
    func readsFlags(_ arguments: [String], _ expected: String?) {
        #expect(Survey.flag("config", of: .init(name: "kubelet", pid: 1, arguments: arguments)) == expected)
    }

    @Test func takesLittleTimeOnThisMachine() {
        let clock = ContinuousClock()
        #expect(clock.measure { _ = NodeFacts.collect() } < .seconds(1))
    }
}
