//! The pages of a list, and their items, as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::call::Core;
use crate::error::Error;
use crate::exchange::Taking;
use crate::http_client::BoxFuture;
use crate::paging::Paged;
use crate::request::Request;
use crate::response::Response;

type Outcome<O, T> = Result<T, Error<<O as crate::operation::Operation>::Error>>;

/// A page, and the request of the next one.
type Page<O> = Outcome<O, (Response<<O as crate::operation::Operation>::Output>, Option<Request>)>;

/// The pages of a list, each asked for when it is wanted.
///
/// It ends after the last page, and after an error; [`resume`](Self::resume) goes on from there.
#[must_use = "nothing is sent before a page is wanted"]
pub struct Pages<O: Paged> {
    core: Core,
    next: Option<Request>,
    work: Option<BoxFuture<'static, Page<O>>>,
    failed: bool,
}

impl<O: Paged> Pages<O> {
    /// The next page; none after the last one, and none after an error.
    pub async fn next(&mut self) -> Option<Outcome<O, Response<O::Output>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Goes on after an error, with the page that could not be had.
    pub fn resume(&mut self) {
        self.failed = false;
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O, Response<O::Output>>>> {
        if self.failed {
            return Poll::Ready(None);
        }
        if self.work.is_none() {
            let Some(request) = &self.next else { return Poll::Ready(None) };
            self.work = Some(self.core.page::<O>(request.again()));
        }
        let Some(work) = &mut self.work else { return Poll::Ready(None) };
        let page = ready!(work.as_mut().poll(context));
        self.work = None;
        Poll::Ready(Some(match page {
            Ok((page, next)) => {
                self.next = next;
                Ok(page)
            }
            Err(error) => {
                self.failed = true;
                Err(error)
            }
        }))
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Outcome<O, Response<O::Output>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// The items of a list, page after page, each page asked for when its first item is wanted.
///
/// It ends after the last item, and after an error; [`resume`](Self::resume) goes on from there.
#[must_use = "nothing is sent before an item is wanted"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: std::vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    /// The next item; none after the last one, and none after an error.
    pub async fn next(&mut self) -> Option<Outcome<O, O::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// All items from here on.
    ///
    /// # Errors
    ///
    /// When a page cannot be had. What was there before is gone then; take one item after the other
    /// to keep it.
    pub async fn all(mut self) -> Outcome<O, Vec<O::Item>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    /// Goes on after an error, with the page that could not be had.
    pub fn resume(&mut self) {
        self.pages.resume();
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O, O::Item>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.page = O::items(page.into_inner()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paged> Stream for Items<O> {
    type Item = Outcome<O, O::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

// Nothing in them is pinned.
impl<O: Paged> Unpin for Pages<O> {}
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("next", &self.next).finish_non_exhaustive()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl Core {
    /// The pages of a list.
    pub fn pages<O: Paged>(&self, request: Request) -> Pages<O> {
        Pages { core: self.clone(), next: Some(request), work: None, failed: false }
    }

    /// The items of a list, page after page.
    pub fn items<O: Paged>(&self, request: Request) -> Items<O> {
        Items { pages: self.pages(request), page: Vec::new().into_iter() }
    }

    fn page<O: Paged>(&self, request: Request) -> BoxFuture<'static, Page<O>> {
        let received = self.receive(request.again(), Taking::Whole);
        Box::pin(async move {
            let answer = received.await?.answer;
            let next = O::PAGING.follow(&request, &answer);
            Ok((crate::call::finish::<O>(answer)?, next))
        })
    }
}
