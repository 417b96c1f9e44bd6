//! A real browser without a window, and everything it complains about.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, Network, Page, Runtime};
use headless_chrome::types::PrintToPdfOptions;
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde_json::Value;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A tab, and what its console said and what it asked of the network.
pub(crate) struct Window {
    tab: Arc<Tab>,
    complaints: Arc<Mutex<Vec<String>>>,
    // The browser ends with it.
    _browser: Browser,
}

impl Window {
    /// Starts the browser at `path`.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let arguments = ["--disable-quic", "--disable-component-update", "--hide-scrollbars"].map(OsStr::new);
        // Tests run as root in containers, where the sandbox of the browser cannot be set up; it opens nothing but our own files.
        let options = LaunchOptions::default_builder()
            .path(Some(path.to_owned()))
            .sandbox(false)
            .args(arguments.to_vec())
            .idle_browser_timeout(Duration::from_secs(120))
            .build()?;
        let browser = Browser::new(options)?;
        let tab = browser.new_tab()?;
        let complaints = Arc::new(Mutex::new(Vec::new()));
        tab.enable_log()?;
        tab.enable_runtime()?;
        tab.call_method(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        })?;
        let heard = Arc::clone(&complaints);
        tab.add_event_listener(Arc::new(move |event: &Event| {
            let said = match event {
                Event::RuntimeConsoleAPICalled(call) => Some(format!("the console was called: {:?}", call.params.args)),
                Event::RuntimeExceptionThrown(thrown) => Some(format!("thrown: {:?}", thrown.params.exception_details)),
                Event::LogEntryAdded(entry) => Some(format!("logged: {:?}", entry.params.entry.text)),
                Event::NetworkRequestWillBeSent(request) if !request.params.request.url.starts_with("file://") => {
                    Some(format!("the network was asked for {}", request.params.request.url))
                }
                _ => None,
            };
            if let (Some(said), Ok(mut heard)) = (said, heard.lock()) {
                heard.push(said);
            }
        }))?;
        Ok(Self { tab, complaints, _browser: browser })
    }

    /// Makes the window `width` by `height` pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.tab.call_method(Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            scale: None,
            screen_width: None,
            screen_height: None,
            position_x: None,
            position_y: None,
            dont_set_visible_size: None,
            screen_orientation: None,
            viewport: None,
            display_feature: None,
            device_posture: None,
        })?;
        Ok(())
    }

    /// Opens a file at a place in it, and waits until it is drawn.
    pub(crate) fn visit(&self, file: &Path, place: &str) -> Result<()> {
        // Two addresses that differ behind the hash are one page: it would not be read again.
        self.tab.navigate_to("about:blank")?.wait_until_navigated()?;
        self.tab.navigate_to(&format!("file://{}#{place}", file.display()))?.wait_until_navigated()?;
        self.settle()
    }

    /// Waits for two frames, in which sizes are seen and pictures drawn anew.
    pub(crate) fn settle(&self) -> Result<()> {
        self.ask("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(1), 50))))")?;
        Ok(())
    }

    /// The value of a script, through JSON.
    pub(crate) fn ask(&self, script: &str) -> Result<Value> {
        let expression = format!("(async () => JSON.stringify((await ({script})) ?? null))()");
        let answer = self.tab.call_method(Runtime::Evaluate {
            expression,
            return_by_value: Some(true),
            generate_preview: None,
            silent: Some(true),
            await_promise: Some(true),
            include_command_line_api: None,
            user_gesture: None,
            object_group: None,
            context_id: None,
            throw_on_side_effect: None,
            timeout: None,
            disable_breaks: None,
            repl_mode: None,
            allow_unsafe_eval_blocked_by_csp: None,
            unique_context_id: None,
            serialization_options: None,
        })?;
        if let Some(thrown) = answer.exception_details {
            return Err(format!("{script}: {thrown:?}").into());
        }
        let text =
            answer.result.value.as_ref().and_then(Value::as_str).ok_or_else(|| format!("no answer to {script}"))?;
        Ok(serde_json::from_str(text)?)
    }

    pub(crate) fn press(&self, key: &str) -> Result<()> {
        self.tab.press_key(key)?;
        Ok(())
    }

    /// Shows the page as on this medium: `print` for paper, empty for the window.
    pub(crate) fn show_as(&self, media: &str) -> Result<()> {
        self.tab.call_method(Emulation::SetEmulatedMedia { media: Some(media.to_owned()), features: None })?;
        Ok(())
    }

    /// The page on paper, as PDF.
    pub(crate) fn print(&self) -> Result<Vec<u8>> {
        let options = PrintToPdfOptions {
            print_background: Some(true),
            prefer_css_page_size: Some(true),
            ..PrintToPdfOptions::default()
        };
        Ok(self.tab.print_to_pdf(Some(options))?)
    }

    /// What was heard since the last time.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.complaints.lock().map(|mut heard| std::mem::take(&mut *heard)).unwrap_or_default()
    }

    /// A picture of the first `height` pixels of the page, or of all of it.
    pub(crate) fn picture(&self, width: u32, height: Option<u32>) -> Result<Vec<u8>> {
        let all = self.ask("document.documentElement.scrollHeight")?.as_u64().unwrap_or(900);
        self.resize(width, height.unwrap_or(u32::try_from(all)?.min(16_000)))?;
        self.settle()?;
        Ok(self.tab.capture_screenshot(Page::CaptureScreenshotFormatOption::Png, None, None, true)?)
    }
}
