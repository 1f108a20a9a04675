//! A device's life, over our own broker.

use sandgrain_agent::proto::StatusEvent;
use sandgrain_cli::broker::{self, Broker};
use sandgrain_cli::controller::{Session, TwinMode};
use sandgrain_cli::deploy::Outcome;
use tokio::time::Instant;

use crate::rig::{Daemon, LIMIT, Program, deploy_to, does, expect, hear, package, speaks};

/// Bytes of data that make some fifty chunks.
const LARGE: usize = 200_000;

async fn broker() -> Broker {
    Broker::start(broker::Options::loopback().unwrap()).await.unwrap()
}

async fn controller(broker: &Broker, device: &str) -> Session {
    Session::connect(&broker.controller_url().parse().unwrap(), TwinMode::Own, &[device]).await.unwrap()
}

/// A device at this broker, with topics of KubeEdge 1.17 or those before.
fn device(name: &'static str, program: &Program, broker: &Broker, namespace: Option<&str>) -> Daemon {
    let url = format!("mqtt://{}", broker.address());
    let mut arguments = vec!["--plain", "--broker", &url];
    arguments.extend(namespace.into_iter().flat_map(|namespace| ["--namespace", namespace]));
    Daemon::new(name, program.clone(), &arguments)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_module_is_installed_replaced_reverted_and_kept() {
    live(&Program::own()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_module_is_installed_replaced_reverted_and_kept_on_every_other_part() {
    for (board, program) in Program::others() {
        println!("-- {board}");
        live(&program).await;
    }
}

async fn live(program: &Program) {
    let broker = broker().await;
    let mut session = controller(&broker, "d1").await;
    let mut daemon = device("d1", program, &broker, Some("default"));
    daemon.start();
    let (one, two) = (package(&speaks("one", 0), 1), package(&speaks("two", 0), 2));
    expect(&mut session, &one, "d1", Outcome::Confirmed).await;
    hear(&mut session, "d1", "one").await;
    expect(&mut session, &two, "d1", Outcome::Confirmed).await;
    hear(&mut session, "d1", "two").await;

    // Each of these is told apart, and the module before runs on.
    let crash = package(&does("unreachable"), 3);
    let (follow, story) = deploy_to(&mut session, &crash, "d1").await;
    let Some(Outcome::Reverted(why)) = &follow.outcome else { panic!("{:?}", story.lines) };
    assert!(why.starts_with("unreachable at 0x"), "{why}");
    hear(&mut session, "d1", "two").await;
    let spin = package(&does("(loop (br 0))"), 4);
    let (follow, story) = deploy_to(&mut session, &spin, "d1").await;
    let Some(Outcome::Reverted(why)) = &follow.outcome else { panic!("{:?}", story.lines) };
    assert!(why.starts_with("deadline exceeded at 0x"), "{why}");
    hear(&mut session, "d1", "two").await;
    let deep = package(&does("(call $deep (local.get 0)) (call $deep (local.get 0))"), 5);
    let (follow, story) = deploy_to(&mut session, &deep, "d1").await;
    let Some(Outcome::Reverted(why)) = &follow.outcome else { panic!("{:?}", story.lines) };
    assert!(why.starts_with("call stack exhausted at 0x"), "{why}");
    let foreign = package(r#"(module (import "env" "reboot" (func)) (func (export "on_tick")))"#, 6);
    expect(&mut session, &foreign, "d1", Outcome::Refused("import".into())).await;
    session.close().await;

    // A controller that knows nothing.
    let mut session = controller(&broker, "d1").await;
    expect(&mut session, &crash, "d1", Outcome::Refused("quarantined".into())).await;
    expect(&mut session, &one, "d1", Outcome::Refused("counter".into())).await;

    // It ends well when it is asked to, and says so; and it goes on where it was.
    assert!(daemon.terminate().success(), "{}", daemon.log());
    let deadline = Instant::now() + LIMIT;
    while session.presence("d1").is_none_or(|said| said.event != StatusEvent::Offline) {
        assert!(session.next(deadline).await.unwrap().is_some(), "it went without a word");
    }
    daemon.start();
    hear(&mut session, "d1", "two").await;
    session.close().await;
    let mut session = controller(&broker, "d1").await;
    expect(&mut session, &two, "d1", Outcome::Already).await;
    assert_eq!(broker.traffic("d1").connections, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_goes_on_after_a_kill() {
    be_killed(&Program::own()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_goes_on_after_a_kill_on_every_other_part() {
    for (board, program) in Program::others() {
        println!("-- {board}");
        be_killed(&program).await;
    }
}

async fn be_killed(program: &Program) {
    let broker = broker().await;
    let mut session = controller(&broker, "d2").await;
    let mut daemon = device("d2", program, &broker, None);
    daemon.start();
    let large = package(&speaks("large", LARGE), 1);
    let interrupted = async {
        let deadline = Instant::now() + LIMIT;
        while broker.traffic("d2").chunks < 20 {
            assert!(Instant::now() < deadline, "no chunks come:\n{}", daemon.log());
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        daemon.kill();
        let before = broker.traffic("d2").chunks;
        daemon.start();
        before
    };
    let ((follow, story), before) = tokio::join!(deploy_to(&mut session, &large, "d2"), interrupted);
    assert_eq!(follow.outcome, Some(Outcome::Confirmed), "{:?}", story.lines);
    let chunks = follow.offer.as_ref().unwrap().chunks;
    assert!(before < chunks, "too late to interrupt: {before} of {chunks}");
    // At most what was on its way is asked for twice.
    assert!(follow.chunk_requests <= chunks + 8, "{} of {chunks}", follow.chunk_requests);
    assert_eq!(daemon.stored().iter().filter(|file| file.extension().is_some_and(|e| e == "sg")).count(), 1);
    hear(&mut session, "d2", "large").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_said_and_ends_with_a_code() {
    let broker = broker().await;
    let mut daemon = device("d3", &Program::own(), &broker, None);
    daemon.start();
    daemon.until_said("online as d3").await;
    // The same directory a second time.
    let mut second = Program::own().command();
    second.arg("--config").arg(daemon.path().join("agentd.toml"));
    second.args(["--plain", "--broker", &format!("mqtt://{}", broker.address())]);
    let second = sandgrain_proc::capture(second, LIMIT).unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(said.contains("state/app.module") && said.contains("another process uses it"), "{said}");

    let mut wrong = Program::own().command();
    wrong.args(["--device", "d3", "--broker", "mqtt://h"]);
    let wrong = sandgrain_proc::capture(wrong, LIMIT).unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("mqtts://"));
}
