/**
 * Comfort on the hosted page; the form works without it. Stores what is chosen so far, so that it counts even if the
 * shopper goes away, holds a form that is sent without a connection, and stops a double tap.
 *
 * Nothing is stored before a person did something on the page: programs that open every link of a mail, some of which
 * run scripts, would answer otherwise. What was tapped in the mail is only chosen until then.
 */
export const SURVEY_SCRIPT = `(function(){var form=document.querySelector('form');if(!form)return;
var errors=document.getElementById('errors');if(errors)errors.scrollIntoView();
var note=document.getElementById('note'),human=false,busy=false,stored='',timer;
function soon(ms){clearTimeout(timer);timer=setTimeout(step,ms)}
function say(what){note.textContent=what?note.dataset[what]:''}
function step(){if(!human||busy||!form.querySelector('input:checked'))return;
var body=new URLSearchParams(new FormData(form)),now=body.toString();if(now===stored)return;busy=true;
fetch(location.pathname,{method:'POST',headers:{Accept:'application/json'},body:body}).then(function(answer){busy=false;
if(answer.ok){stored=now;say('saved');soon(0)}else if(answer.status>=500||answer.status===429)soon(15000)},
function(){busy=false;if(!navigator.onLine)say('offline');soon(5000)})}
form.addEventListener('change',function(event){if(event.isTrusted){human=true;soon(300)}});
['pointermove','pointerdown','keydown','wheel','touchmove'].forEach(function(kind){addEventListener(kind,function(event){
if(event.isTrusted&&!human&&document.visibilityState==='visible'){human=true;soon(600)}},{passive:true})});
addEventListener('online',function(){say('');soon(0)});
form.addEventListener('submit',function(event){var button=form.querySelector('button');
if(button.getAttribute('aria-disabled')){event.preventDefault();return}
button.setAttribute('aria-disabled','true');button.textContent=button.dataset.sending;clearTimeout(timer);
if(!navigator.onLine){event.preventDefault();say('offline');addEventListener('online',function(){form.submit()},{once:true})}});
window.addEventListener('pageshow',function(event){if(event.persisted)location.reload()})})()`;
